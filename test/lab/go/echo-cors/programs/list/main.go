package main

import (
	"log"
	"net/http"
	"os"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

func main() {
	e := echo.New()
	e.HideBanner = true
	e.Use(middleware.CORSWithConfig(middleware.CORSConfig{
		AllowOrigins:     []string{"https://app.example.com", "http://app.example.com"},
		AllowMethods:     []string{http.MethodGet, http.MethodPut, http.MethodDelete},
		AllowHeaders:     []string{echo.HeaderOrigin, echo.HeaderContentType, "X-Test"},
		ExposeHeaders:    []string{"X-Total-Count"},
		MaxAge:           3600,
		AllowCredentials: true,
	}))
	e.Any("/", func(c echo.Context) error { return c.String(200, "application\n") })
	log.Fatal(e.Start("127.0.0.1:" + os.Getenv("PORT")))
}
