package main

import (
	"log"
	"os"
	"slices"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/cors"
)

var trusted = []string{"https://app.example.com", "http://localhost:3000"}

func isTrusted(origin string) bool {
	return slices.Contains(trusted, origin)
}

func main() {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Use(cors.New(cors.Config{
		AllowOriginsFunc: isTrusted,
		AllowCredentials: true,
	}))
	app.All("/", func(c *fiber.Ctx) error { return c.SendString("application\n") })
	log.Fatal(app.Listen("127.0.0.1:" + os.Getenv("PORT")))
}
