package main

import (
	"context"
	"os"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/app/server"
	"github.com/hertz-contrib/cors"
)

var trusted = []string{"https://app.example.com"}

func main() {
	h := server.New(server.WithHostPorts("127.0.0.1:" + os.Getenv("PORT")))
	config := cors.Config{
		AllowOrigins:     trusted,
		AllowCredentials: true,
	}
	h.Use(cors.New(config))
	h.Any("/", func(_ context.Context, c *app.RequestContext) {
		c.String(200, "application")
	})
	h.Spin()
}
