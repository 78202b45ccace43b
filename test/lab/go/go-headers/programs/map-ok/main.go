package main

import (
	"log"
	"net/http"
	"os"
)

var trusted = map[string]struct{}{"https://app.example.com": {}}

func main() {
	http.HandleFunc("/", handle)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}

func handle(w http.ResponseWriter, r *http.Request) {
	origin := r.Header.Get("Origin")
	if _, ok := trusted[origin]; !ok {
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	}
	w.Header().Set("Access-Control-Allow-Origin", origin)
	_, _ = w.Write([]byte("application\n"))
}
