package main

import (
	"log"
	"os"

	"github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"
)

func main() {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	config := cors.DefaultConfig()
	config.AllowOrigins = []string{"https://app.example.com"}
	config.AllowCredentials = true
	r.Use(cors.New(config))
	r.Any("/", func(c *gin.Context) { c.String(200, "application\n") })
	log.Fatal(r.Run("127.0.0.1:" + os.Getenv("PORT")))
}
