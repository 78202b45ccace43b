package main

import (
	"log"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/cors"
)

func main() {
	router := chi.NewRouter()
	router.Use(cors.Handler(cors.Options{
		AllowedOrigins:   []string{"https://*.shop.example"},
		AllowCredentials: true,
	}))
	router.Get("/returns", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(`{"returns": []}`))
	})
	log.Fatal(http.ListenAndServe(":8080", router))
}
