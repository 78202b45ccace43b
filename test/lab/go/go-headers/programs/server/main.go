package main

import (
	"log"
	"net/http"
	"os"
	"slices"
)

type server struct {
	origins []string
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.allow(w, r)
	if r.Method == http.MethodOptions {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	_, _ = w.Write([]byte("application\n"))
}

func (s *server) allow(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Origin")
	origin := r.Header.Get("Origin")
	if !slices.Contains([]string{"https://app.example.com", "https://sub.app.example.com"}, origin) {
		return
	}
	w.Header().Set("Access-Control-Allow-Origin", origin)
	w.Header().Set("Access-Control-Allow-Methods", "GET, PUT")
}

func main() {
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), &server{}))
}
