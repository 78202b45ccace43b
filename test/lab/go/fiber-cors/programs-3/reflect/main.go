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
		AllowOriginsFunc: func(origin string) bool {
			return true
		},
		AllowCredentials: true,
	}))
	app.All("/", func(c fiber.Ctx) error { return c.SendString("application\n") })
	log.Fatal(app.Listen("127.0.0.1:" + os.Getenv("PORT")))
}
