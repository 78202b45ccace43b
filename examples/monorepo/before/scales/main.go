package main

import (
	"context"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/app/server"
	"github.com/hertz-contrib/cors"
)

func main() {
	h := server.Default()
	h.Use(cors.New(cors.Config{
		// A dot is missing: the star takes the beginning of other names too.
		AllowOrigins:     []string{"https://*shop.example"},
		AllowWildcard:    true,
		AllowCredentials: true,
	}))
	h.GET("/scales", func(_ context.Context, c *app.RequestContext) {
		c.String(200, "[]")
	})
	h.Spin()
}
