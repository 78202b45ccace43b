package main

import (
	"log"
	"net/http"

	"github.com/gorilla/handlers"
	"github.com/gorilla/mux"
)

func main() {
	router := mux.NewRouter()
	router.HandleFunc("/menus", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(`{"menus": []}`))
	})
	cors := handlers.CORS(
		handlers.AllowedOrigins([]string{"https://shop.example"}),
		handlers.AllowCredentials(),
	)
	log.Fatal(http.ListenAndServe(":8080", cors(router)))
}
