package main

import (
	"log"
	"os"

	"github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"
)

var trusted = map[string]bool{
	"https://app.example.com": true,
	"http://localhost:3000":   true,
}

func main() {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.Use(cors.New(cors.Config{
		AllowOriginFunc: func(origin string) bool {
			return trusted[origin]
		},
		AllowHeaders: []string{"x-test"},
	}))
	r.Any("/", func(c *gin.Context) { c.String(200, "application\n") })
	log.Fatal(r.Run("127.0.0.1:" + os.Getenv("PORT")))
}
