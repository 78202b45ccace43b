package main

import (
	"log"

	"github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"
)

func main() {
	router := gin.Default()
	config := cors.DefaultConfig()
	config.AllowOrigins = []string{"https://*shop.example"}
	config.AllowWildcard = true
	config.AllowCredentials = true
	router.Use(cors.New(config))
	router.GET("/bookings", func(c *gin.Context) {
		c.JSON(200, gin.H{"bookings": []string{}})
	})
	log.Fatal(router.Run(":8080"))
}
