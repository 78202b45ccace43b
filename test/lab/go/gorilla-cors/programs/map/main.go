package main

import (
	"log"
	"net/http"
	"os"

	"github.com/gorilla/handlers"
)

var trusted = map[string]bool{"https://app.example.com": true}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("application\n"))
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), handlers.CORS(handlers.AllowedOriginValidator(func(origin string) bool { return trusted[origin] }), handlers.AllowedMethods([]string{"GET", "POST", "PUT", "DELETE"}), handlers.AllowedHeaders([]string{"Content-Type", "x-test"}), handlers.AllowCredentials())(mux)))
}
