package main

import "github.com/gofiber/fiber/v2/middleware/cors"

var corsConfig = cors.Config{
	AllowOrigins:     "https://app.example.com",
	AllowCredentials: true,
}
