package main

import (
	"log"
	"net/http"
	"os"

	"github.com/rs/cors"
)

var origins = []string{"https://app.example.com"}

var options = cors.Options{
	AllowedOrigins: origins,
	AllowedHeaders: []string{"*"},
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("application\n"))
	})
	options.AllowCredentials = true
	options.AllowedOrigins = append(options.AllowedOrigins, "http://app.example.com")
	c := cors.New(options)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), c.Handler(mux)))
}
