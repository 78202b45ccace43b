package main

import (
	"log"
	"os"

	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"
)

func main() {
	e := echo.New()
	e.Use(middleware.CORS("*"))
	e.Any("/", func(c *echo.Context) error { return c.String(200, "application\n") })
	log.Fatal(e.Start("127.0.0.1:" + os.Getenv("PORT")))
}
