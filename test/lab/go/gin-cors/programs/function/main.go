package main

import (
	"log"
	"os"

	"github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"
)

func withCors() gin.HandlerFunc {
	config := cors.DefaultConfig()
	config.AllowOrigins = append(config.AllowOrigins, "https://app.example.com")
	return cors.New(config)
}

func main() {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.Use(withCors())
	r.Any("/", func(c *gin.Context) { c.String(200, "application\n") })
	log.Fatal(r.Run("127.0.0.1:" + os.Getenv("PORT")))
}
