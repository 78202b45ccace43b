package main

import (
	"context"
	"os"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/app/server"
	"github.com/hertz-contrib/cors"
)

func main() {
	h := server.New(server.WithHostPorts("127.0.0.1:" + os.Getenv("PORT")))
	h.Use(cors.Default())
	h.Any("/", func(_ context.Context, c *app.RequestContext) {
		c.String(200, "application")
	})
	h.Spin()
}
