package main

import (
	"log"
	"net/http"
	"os"
)

var origin = allowed()

func allowed() string {
	if value, ok := os.LookupEnv("ALLOWED_ORIGIN"); ok {
		return value
	}
	return "https://app.example.com"
}

func main() {
	http.HandleFunc("/", handle)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}

func handle(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", origin)
	_, _ = w.Write([]byte("application\n"))
}
