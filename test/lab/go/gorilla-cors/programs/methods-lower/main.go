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
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), handlers.CORS(handlers.AllowedOrigins([]string{"https://app.example.com"}), handlers.AllowedMethods([]string{"put"}), handlers.AllowedHeaders([]string{"Content-Type", "x-test"}), handlers.MaxAge(60))(mux)))
}
