package main

import (
	"os"
	"strings"

	"github.com/kataras/iris/v12"
	"github.com/kataras/iris/v12/middleware/cors"
)

func main() {
	app := iris.New()
	app.UseRouter(cors.New().AllowOriginMatcherFunc(func(origin string) bool {
		return strings.HasSuffix(origin, ".example.com")
	}).Handler())
	app.Any("/", func(ctx iris.Context) {
		_, _ = ctx.WriteString("ok")
	})
	_ = app.Listen("127.0.0.1:" + os.Getenv("PORT"))
}
