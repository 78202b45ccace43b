package main

import "github.com/gin-contrib/cors"

func corsConfig() cors.Config {
	config := cors.DefaultConfig()
	config.AllowOrigins = []string{"https://app.example.com"}
	config.AllowCredentials = true
	return config
}
