package main

import (
	"log"
	"net/http"
	"os"

	"github.com/go-chi/cors"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("application\n"))
	})
	c := cors.New(cors.Options{
		AllowedOrigins:   []string{"https://*", "http://localhost:*"},
		AllowCredentials: true,
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), c.Handler(mux)))
}
