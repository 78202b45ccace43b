package main

import (
	"log"
	"os"
	"time"

	"github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"
)

func main() {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	var config cors.Config
	config.AllowOrigins = []string{"https://app.example.com"}
	config.MaxAge = 600 * time.Second
	config.AllowMethods = []string{"GET"}
	r.Use(cors.New(config))
	r.Any("/", func(c *gin.Context) { c.String(200, "application\n") })
	log.Fatal(r.Run("127.0.0.1:" + os.Getenv("PORT")))
}
