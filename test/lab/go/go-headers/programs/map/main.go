package main

import (
	"log"
	"net/http"
	"os"
)

var trusted = map[string]bool{"https://app.example.com": true, "https://sub.app.example.com": true}

func main() {
	http.HandleFunc("/", handle)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}

func handle(w http.ResponseWriter, r *http.Request) {
	origin := r.Header.Get("Origin")
	if trusted[origin] {
		w.Header().Set("Access-Control-Allow-Origin", origin)
		w.Header().Set("Vary", "Origin")
	}
	_, _ = w.Write([]byte("application\n"))
}
