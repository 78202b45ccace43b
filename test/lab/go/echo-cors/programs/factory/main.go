package main

import (
	"log"
	"os"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

func cors(origins ...string) echo.MiddlewareFunc {
	return middleware.CORSWithConfig(middleware.CORSConfig{AllowOrigins: origins, MaxAge: -1})
}

func main() {
	e := echo.New()
	e.HideBanner = true
	e.Use(cors("https://app.example.com", "http://localhost:3000"))
	e.Any("/", func(c echo.Context) error { return c.String(200, "application\n") })
	log.Fatal(e.Start("127.0.0.1:" + os.Getenv("PORT")))
}
