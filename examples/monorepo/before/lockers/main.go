package main

import (
	"github.com/kataras/iris/v12"
	"github.com/kataras/iris/v12/middleware/cors"
)

func main() {
	app := iris.New()
	// Whoever names no origin lets everybody in, with cookies.
	app.UseRouter(cors.New().
		ExtractOriginFunc(cors.DefaultOriginExtractor).
		AllowHeaders("Content-Type").
		Handler())

	app.Get("/lockers", func(ctx iris.Context) {
		_ = ctx.JSON(iris.Map{"open": true})
	})
	_ = app.Listen(":8080")
}
