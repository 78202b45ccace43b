package main

import (
	"log"
	"net/http"
	"os"
	"slices"

	"github.com/rs/cors"
)

var trusted = []string{"https://app.example.com", "https://admin.example.com"}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("application\n"))
	})
	c := cors.New(cors.Options{
		AllowOriginRequestFunc: func(r *http.Request, origin string) bool {
			return slices.Contains(trusted, origin)
		},
		AllowedOrigins:   []string{"*"},
		AllowedMethods:   []string{http.MethodGet, http.MethodPut},
		AllowCredentials: true,
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), c.Handler(mux)))
}
