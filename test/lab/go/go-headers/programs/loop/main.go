package main

import (
	"log"
	"net/http"
	"os"
)

var origins = []string{"https://app.example.com", "http://localhost:3000"}

func main() {
	http.HandleFunc("/", handle)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}

func handle(w http.ResponseWriter, r *http.Request) {
	origin := r.Header.Get("Origin")
	for _, trusted := range origins {
		if trusted == origin {
			w.Header().Set("Access-Control-Allow-Origin", trusted)
			w.Header().Set("Vary", "Origin")
			break
		}
	}
	_, _ = w.Write([]byte("application\n"))
}
