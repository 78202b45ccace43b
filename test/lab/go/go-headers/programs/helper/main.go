package main

import (
	"log"
	"net/http"
	"os"
	"strings"
)

func allow(w http.ResponseWriter, origin string) {
	if strings.HasPrefix(origin, "https://app.example.com") {
		w.Header().Set("Access-Control-Allow-Origin", origin)
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		w.Header().Set("Vary", "Origin")
	}
}

func main() {
	http.HandleFunc("/", handle)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}

func handle(w http.ResponseWriter, r *http.Request) {
	allow(w, r.Header.Get("Origin"))
	_, _ = w.Write([]byte("application\n"))
}
