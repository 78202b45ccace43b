package main

import (
	"log"
	"net/http"
	"os"
	"strings"

	"github.com/rs/cors"
)

// contains lets in whoever has the name of the company somewhere.
func contains(origin string) bool {
	return strings.Contains(strings.ToLower(origin), "app.example.com")
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("application\n"))
	})
	c := cors.New(cors.Options{AllowOriginFunc: contains, AllowedHeaders: []string{"*"}})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), c.Handler(mux)))
}
