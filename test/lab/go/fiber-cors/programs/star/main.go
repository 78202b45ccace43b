package main

import (
	"log"
	"os"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/cors"
)

func main() {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Use(cors.New(cors.Config{
		AllowOrigins: "*",
		AllowHeaders: "Origin, Content-Type, Accept",
	}))
	app.All("/", func(c *fiber.Ctx) error { return c.SendString("application\n") })
	log.Fatal(app.Listen("127.0.0.1:" + os.Getenv("PORT")))
}
