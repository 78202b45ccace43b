package main

import (
	"log"
	"net/http"
	"os"

	"github.com/jub0bs/cors"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("application\n"))
	})
	middleware, err := cors.NewMiddleware(cors.Config{
		Origins: []string{"http://localhost:*", "https://app.example.com"},
		Methods: []string{"DELETE"},
	})
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), middleware.Wrap(mux)))
}
