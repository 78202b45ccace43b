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
	w.Header()["Access-Control-Allow-Origin"] = []string{"https://app.example.com"}
	w.Header()["Access-Control-Expose-Headers"] = []string{"X-Total-Count"}
	_, _ = w.Write([]byte("application\n"))
}
