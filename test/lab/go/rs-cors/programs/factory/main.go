package main

import (
	"log"
	"net/http"
	"os"

	"github.com/rs/cors"
)

func corsOptions(origin string) cors.Options {
	return cors.Options{
		AllowedOrigins:   []string{origin},
		AllowedMethods:   []string{"GET", "POST", "PUT", "DELETE"},
		AllowedHeaders:   []string{"Content-Type", "X-Test"},
		AllowCredentials: true,
	}
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("application\n"))
	})
	c := cors.New(corsOptions("https://app.example.com"))
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), c.Handler(mux)))
}
