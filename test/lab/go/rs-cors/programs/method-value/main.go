package main

import (
	"log"
	"net/http"
	"os"
	"strings"

	"github.com/rs/cors"
)

type server struct {
	origins []string
}

func (s *server) isTrusted(origin string) bool {
	for _, trusted := range s.origins {
		if strings.EqualFold(trusted, origin) {
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
	s := &server{origins: []string{"https://app.example.com", "http://app.example.com"}}
	c := cors.New(cors.Options{AllowOriginFunc: s.isTrusted, AllowCredentials: true})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), c.Handler(mux)))
}
