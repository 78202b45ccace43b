package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
)

func save(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "https://app.example.com")
	w.Header().Set("Access-Control-Allow-Headers", "Content-Type")
	var item map[string]any
	if err := json.NewDecoder(r.Body).Decode(&item); err != nil {
		item = map[string]any{}
	}
	w.Write([]byte("saved"))
}

func main() {
	http.HandleFunc("POST /items", save)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}
