package main

import (
	"log"
	"net/http"
	"os"
	"strings"

	"github.com/go-chi/cors"
)

func allowedOrigins() []string {
	list := os.Getenv("ALLOWED_ORIGINS")
	if list == "" {
		return []string{"https://app.example.com"}
	}
	return strings.Split(list, ",")
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("application\n"))
	})
	c := cors.New(cors.Options{AllowedOrigins: allowedOrigins(), AllowCredentials: true})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), c.Handler(mux)))
}
