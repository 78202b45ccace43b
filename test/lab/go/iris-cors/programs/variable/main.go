package main

import (
	"os"

	"github.com/kataras/iris/v12"
	"github.com/kataras/iris/v12/middleware/cors"
)

var pages = []string{"https://app.example.com", "https://www.example.com"}

func main() {
	app := iris.New()
	policy := cors.New().DisallowCredentials()
	policy.AllowOrigins(pages...)
	app.UseRouter(policy.Handler())
	app.Any("/", func(ctx iris.Context) {
		_, _ = ctx.WriteString("ok")
	})
	_ = app.Listen("127.0.0.1:" + os.Getenv("PORT"))
}
