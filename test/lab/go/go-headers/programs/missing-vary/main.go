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
	if r.Header.Get("Origin") == "https://app.example.com" || r.Header.Get("Origin") == "http://app.example.com" {
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
	}
	_, _ = w.Write([]byte("application\n"))
}
