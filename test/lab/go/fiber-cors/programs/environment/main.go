package main

import (
	"log"
	"os"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/cors"
)

func origins() string {
	if list := os.Getenv("ALLOWED_ORIGINS"); list != "" {
		return list
	}
	return "https://app.example.com,http://localhost:3000"
}

func main() {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Use(cors.New(cors.Config{
		AllowOrigins:     origins(),
		AllowCredentials: true,
	}))
	app.All("/", func(c *fiber.Ctx) error { return c.SendString("application\n") })
	log.Fatal(app.Listen("127.0.0.1:" + os.Getenv("PORT")))
}
