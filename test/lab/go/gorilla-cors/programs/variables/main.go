package main

import (
	"log"
	"net/http"
	"os"

	"github.com/gorilla/handlers"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("application\n"))
	})
	originsOk := handlers.AllowedOrigins([]string{"https://app.example.com"})
	headersOk := handlers.AllowedHeaders([]string{"X-Requested-With", "Content-Type", "X-Test"})
	methodsOk := handlers.AllowedMethods([]string{"GET", "HEAD", "POST", "PUT", "OPTIONS"})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), handlers.CORS(originsOk, headersOk, methodsOk)(mux)))
}
