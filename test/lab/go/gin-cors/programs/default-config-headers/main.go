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
	corsConfig := cors.DefaultConfig()
	corsConfig.AllowOrigins = []string{"https://app.example.com", "http://localhost:3000"}
	corsConfig.AddAllowHeaders("Authorization", "x-request-id")
	corsConfig.AddAllowMethods("purge")
	corsConfig.AddExposeHeaders("x-total-count")
	r.Use(cors.New(corsConfig))
	r.Any("/", func(c *gin.Context) { c.String(200, "application\n") })
	log.Fatal(r.Run("127.0.0.1:" + os.Getenv("PORT")))
}
