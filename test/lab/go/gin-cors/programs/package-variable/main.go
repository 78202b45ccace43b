package main

import (
	"log"
	"os"

	"github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"
)

var allowed = []string{"https://app.example.com"}

var corsConfig = cors.Config{
	AllowOrigins: allowed,
	AllowHeaders: []string{"*"},
}

func main() {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	corsConfig.AllowCredentials = true
	r.Use(cors.New(corsConfig))
	r.Any("/", func(c *gin.Context) { c.String(200, "application\n") })
	log.Fatal(r.Run("127.0.0.1:" + os.Getenv("PORT")))
}
