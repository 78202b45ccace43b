package main

import (
	"log"
	"net/http"
	"os"

	"github.com/jub0bs/cors"
)

const isCredentialed = true

var (
	origins = []string{"https://app.example.com", "https://admin.example.com"}
	methods = []string{"GET", "DELETE"}
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("application\n"))
	})
	middleware, err := cors.NewMiddleware(cors.Config{Origins: origins, Credentialed: isCredentialed, Methods: methods})
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), middleware.Wrap(mux)))
}
