package main

import (
	"log"
	"net/http"
	"os"

	"github.com/rs/cors"
)

func isTrusted(origin string) bool {
	switch origin {
	case "https://app.example.com", "https://sub.app.example.com":
		return true
	case "null":
		return false
	default:
		return false
	}
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("application\n"))
	})
	c := cors.New(cors.Options{AllowOriginFunc: isTrusted})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), c.Handler(mux)))
}
