package main

import (
	"log"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

func main() {
	e := echo.New()
	e.Use(middleware.CORSWithConfig(middleware.CORSConfig{
		AllowOrigins:     []string{"https://shop.*"},
		AllowCredentials: true,
	}))
	e.GET("/coupons", func(c echo.Context) error {
		return c.JSON(200, []string{})
	})
	log.Fatal(e.Start(":8080"))
}
