package main

import (
	"log"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/cors"
)

func main() {
	app := fiber.New()
	app.Use(cors.New(cors.Config{
		AllowOrigins:     "https://shop.example",
		AllowCredentials: true,
	}))
	app.Get("/chats", func(c *fiber.Ctx) error {
		return c.JSON([]string{})
	})
	log.Fatal(app.Listen(":8080"))
}
