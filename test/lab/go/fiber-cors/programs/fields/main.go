package main

import (
	"log"
	"os"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/cors"
)

func main() {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	var config cors.Config
	config.AllowOrigins = "https://app.example.com"
	config.MaxAge = 86400
	config.AllowHeaders = "*"
	app.Use(cors.New(config))
	app.All("/", func(c *fiber.Ctx) error { return c.SendString("application\n") })
	log.Fatal(app.Listen("127.0.0.1:" + os.Getenv("PORT")))
}
