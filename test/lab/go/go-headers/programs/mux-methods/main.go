package main

import (
	"log"
	"net/http"
	"os"

	"github.com/gorilla/mux"
)

func save(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "https://app.example.com")
	w.Write([]byte("saved"))
}

func main() {
	r := mux.NewRouter()
	r.HandleFunc("/items", save).Methods(http.MethodGet, http.MethodPut)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), r))
}
