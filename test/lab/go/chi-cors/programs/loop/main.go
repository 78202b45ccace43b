package main

import (
	"log"
	"net/http"
	"os"
	"strings"

	"github.com/go-chi/cors"
)

var domains = []string{"app.example.com", "example.org"}

func isTrusted(_ *http.Request, origin string) bool {
	for _, domain := range domains {
		if origin == "https://"+domain || strings.HasSuffix(origin, domain) {
			return true
		}
	}
	return false
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("application\n"))
	})
	c := cors.New(cors.Options{AllowOriginFunc: isTrusted, AllowCredentials: true})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), c.Handler(mux)))
}
