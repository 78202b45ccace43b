package main

import (
	"log"
	"net/http"
	"os"

	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"
)

func main() {
	e := echo.New()
	e.Use(middleware.CORSWithConfig(middleware.CORSConfig{
		AllowOrigins:     []string{"https://app.example.com"},
		AllowMethods:     []string{http.MethodGet, http.MethodPut},
		AllowHeaders:     []string{"Content-Type"},
		ExposeHeaders:    []string{"X-Total-Count"},
		MaxAge:           600,
		AllowCredentials: true,
	}))
	e.Any("/", func(c *echo.Context) error { return c.String(200, "application\n") })
	log.Fatal(e.Start("127.0.0.1:" + os.Getenv("PORT")))
}
