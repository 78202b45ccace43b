package main

import (
	"log"
	"os"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

func main() {
	e := echo.New()
	e.HideBanner = true
	e.Use(middleware.CORSWithConfig(middleware.CORSConfig{
		AllowOrigins:     []string{"https://app.example.com", "*"},
		AllowCredentials: true,
	}))
	e.Any("/", func(c echo.Context) error { return c.String(200, "application\n") })
	log.Fatal(e.Start("127.0.0.1:" + os.Getenv("PORT")))
}
