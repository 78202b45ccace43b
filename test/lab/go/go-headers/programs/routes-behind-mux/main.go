package main

import (
	"log"
	"net/http"
	"os"

	"github.com/gorilla/mux"
)

func allow(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "https://app.example.com")
		w.Header().Set("Access-Control-Allow-Methods", "GET, PUT")
		w.Header().Set("Access-Control-Allow-Headers", "Content-Type")
		next.ServeHTTP(w, r)
	})
}

func answer(w http.ResponseWriter, _ *http.Request) {
	_, _ = w.Write([]byte("application\n"))
}

func main() {
	r := mux.NewRouter()
	r.HandleFunc("/", answer).Methods("GET", "HEAD", "POST", "PUT")
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), allow(r)))
}
