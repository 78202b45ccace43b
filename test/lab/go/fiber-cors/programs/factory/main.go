package main

import (
	"log"
	"os"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/cors"
)

func withCors(origins string) fiber.Handler {
	return cors.New(cors.Config{AllowOrigins: origins, AllowCredentials: true})
}

func main() {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Use(withCors("https://app.example.com"))
	app.All("/", func(c *fiber.Ctx) error { return c.SendString("application\n") })
	log.Fatal(app.Listen("127.0.0.1:" + os.Getenv("PORT")))
}
