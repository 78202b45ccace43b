package main

import (
	"os"

	"github.com/kataras/iris/v12"
	"github.com/kataras/iris/v12/middleware/cors"
)

func main() {
	app := iris.New()
	app.UseRouter(cors.New().AllowOriginRegex("example").AllowOrigins("https://app.example.com").Handler())
	app.Any("/", func(ctx iris.Context) {
		_, _ = ctx.WriteString("ok")
	})
	_ = app.Listen("127.0.0.1:" + os.Getenv("PORT"))
}
