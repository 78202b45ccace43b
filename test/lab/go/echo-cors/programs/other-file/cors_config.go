package main

import "github.com/labstack/echo/v4/middleware"

var corsConfig = middleware.CORSConfig{
	AllowOrigins: []string{"https://app.example.com"},
	AllowMethods: []string{"GET"},
}
