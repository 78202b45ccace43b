package main

import (
	"log"
	"net/http"
	"os"
	"regexp"
)

var trusted = regexp.MustCompile(`^https://([a-z]+\.)?app.example.com`)

func main() {
	http.HandleFunc("/", handle)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}

func handle(w http.ResponseWriter, r *http.Request) {
	if origin := r.Header.Get("Origin"); trusted.MatchString(origin) {
		w.Header().Set("Access-Control-Allow-Origin", origin)
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		w.Header().Set("Vary", "Origin")
	}
	_, _ = w.Write([]byte("application\n"))
}
