package main

import (
	"log"
	"net/http"
	"os"
)

func main() {
	http.HandleFunc("/", handle)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}

func handle(w http.ResponseWriter, r *http.Request) {
	switch origin := r.Header.Get("Origin"); origin {
	case "https://app.example.com", "http://app.example.com":
		w.Header().Set("Access-Control-Allow-Origin", origin)
		w.Header().Set("Access-Control-Allow-Credentials", "true")
	case "null":
		w.Header().Set("Access-Control-Allow-Origin", "null")
	}
	w.Header().Set("Vary", "Origin")
	_, _ = w.Write([]byte("application\n"))
}
