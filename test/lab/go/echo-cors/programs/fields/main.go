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
	var config middleware.CORSConfig
	config.AllowOrigins = append(config.AllowOrigins, "https://app.example.com")
	config.MaxAge = 86400
	config.AllowHeaders = []string{"*"}
	e.Use(middleware.CORSWithConfig(config))
	e.Any("/", func(c echo.Context) error { return c.String(200, "application\n") })
	log.Fatal(e.Start("127.0.0.1:" + os.Getenv("PORT")))
}
