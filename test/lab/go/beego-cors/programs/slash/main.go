package main

import (
	"os"

	"github.com/beego/beego/v2/server/web"
	"github.com/beego/beego/v2/server/web/context"
	"github.com/beego/beego/v2/server/web/filter/cors"
)

func main() {
	web.InsertFilter("*", web.BeforeRouter, cors.Allow(&cors.Options{
		AllowOrigins: []string{"https://app.example.com/"},
		AllowMethods: []string{"GET"},
	}))
	web.Any("/", func(ctx *context.Context) {
		_ = ctx.Output.Body([]byte("application"))
	})
	web.Run("127.0.0.1:" + os.Getenv("PORT"))
}
