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
	w.Header().Add("Access-Control-Allow-Origin", "https://app.example.com")
	w.Header().Add("Access-Control-Allow-Origin", "https://admin.example.com")
	_, _ = w.Write([]byte("application\n"))
}
