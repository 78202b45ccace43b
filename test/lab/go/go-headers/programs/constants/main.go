package main

import (
	"log"
	"net/http"
	"os"
)

const (
	originHeader     = "Origin"
	allowOrigin      = "Access-Control-Allow-Origin"
	allowCredentials = "Access-Control-Allow-Credentials"
	trusted          = "https://app.example.com"
)

func main() {
	http.HandleFunc("/", handle)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}

func handle(w http.ResponseWriter, r *http.Request) {
	if origin := r.Header.Get(originHeader); origin == trusted {
		w.Header().Set(allowOrigin, trusted)
		w.Header().Set(allowCredentials, "true")
	}
	_, _ = w.Write([]byte("application\n"))
}
