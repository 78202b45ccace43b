package main

import (
	"github.com/iris-contrib/middleware/cors"
	"github.com/kataras/iris/v12"
)

func main() {
	app := iris.New()
	// Beside credentials a star is every caller's own origin.
	app.UseRouter(cors.New(cors.Options{
		AllowedOrigins:   []string{"*"},
		AllowCredentials: true,
	}))

	app.Get("/counters", func(ctx iris.Context) {
		_ = ctx.JSON(iris.Map{"open": true})
	})
	_ = app.Listen(":8080")
}
