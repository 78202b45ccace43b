package main

import (
	"log"
	"os"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/cors"
)

func main() {
	app := fiber.New()
	config := cors.ConfigDefault
	config.AllowOrigins = []string{"https://app.example.com"}
	config.AllowCredentials = true
	app.Use(cors.New(config))
	app.All("/", func(c fiber.Ctx) error { return c.SendString("application\n") })
	log.Fatal(app.Listen("127.0.0.1:" + os.Getenv("PORT")))
}
