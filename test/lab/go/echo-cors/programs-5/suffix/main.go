package main

import (
	"log"
	"os"
	"strings"

	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"
)

func main() {
	e := echo.New()
	e.Use(middleware.CORSWithConfig(middleware.CORSConfig{
		UnsafeAllowOriginFunc: func(c *echo.Context, origin string) (string, bool, error) {
			return origin, strings.HasSuffix(origin, "app.example.com"), nil
		},
		AllowCredentials: true,
	}))
	e.Any("/", func(c *echo.Context) error { return c.String(200, "application\n") })
	log.Fatal(e.Start("127.0.0.1:" + os.Getenv("PORT")))
}
