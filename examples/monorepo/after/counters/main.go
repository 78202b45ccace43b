package main

import (
	"github.com/iris-contrib/middleware/cors"
	"github.com/kataras/iris/v12"
)

func main() {
	app := iris.New()
	app.UseRouter(cors.New(cors.Options{
		AllowedOrigins:   []string{"https://shop.example"},
		AllowCredentials: true,
	}))

	app.Get("/counters", func(ctx iris.Context) {
		_ = ctx.JSON(iris.Map{"open": true})
	})
	_ = app.Listen(":8080")
}
