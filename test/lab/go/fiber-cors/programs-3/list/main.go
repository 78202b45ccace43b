package main

import (
	"log"
	"os"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/cors"
)

func main() {
	app := fiber.New()
	app.Use(cors.New(cors.Config{
		AllowOrigins:     []string{"https://app.example.com", "http://app.example.com"},
		AllowMethods:     []string{"GET", "PUT"},
		AllowHeaders:     []string{"Origin", "X-Test"},
		ExposeHeaders:    []string{"X-Total-Count"},
		MaxAge:           3600,
		AllowCredentials: true,
	}))
	app.All("/", func(c fiber.Ctx) error { return c.SendString("application\n") })
	log.Fatal(app.Listen("127.0.0.1:" + os.Getenv("PORT")))
}
