package main

import (
	"log"
	"net/http"

	"github.com/rs/cors"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/parcels", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(`{"parcels": []}`))
	})
	policy := cors.New(cors.Options{
		AllowedOrigins:   []string{"https://shop.example", "https://admin.shop.example"},
		AllowCredentials: true,
	})
	log.Fatal(http.ListenAndServe(":8080", policy.Handler(mux)))
}
