package main

import (
	"log"
	"os"
	"regexp"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/cors"
)

var trusted = regexp.MustCompile(`app.example.com`)

func main() {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Use(cors.New(cors.Config{
		AllowOriginsFunc: func(origin string) bool {
			return trusted.MatchString(origin)
		},
		AllowCredentials: true,
	}))
	app.All("/", func(c *fiber.Ctx) error { return c.SendString("application\n") })
	log.Fatal(app.Listen("127.0.0.1:" + os.Getenv("PORT")))
}
