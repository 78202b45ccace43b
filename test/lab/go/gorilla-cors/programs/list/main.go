package main

import (
	"log"
	"net/http"
	"os"

	"github.com/gorilla/handlers"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("application\n"))
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), handlers.CORS(handlers.AllowedOrigins([]string{"https://app.example.com", "http://app.example.com"}), handlers.AllowedMethods([]string{"GET", "POST", "PUT", "DELETE"}), handlers.AllowedHeaders([]string{"Content-Type", "x-test"}), handlers.AllowCredentials(), handlers.MaxAge(3600), handlers.ExposedHeaders([]string{"x-total-count"}))(mux)))
}
