package main

import (
	"log"
	"net/http"
	"os"

	"github.com/go-chi/cors"
)

var trusted = map[string]struct{}{
	"https://app.example.com": {},
	"http://localhost:3000":   {},
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("application\n"))
	})
	c := cors.New(cors.Options{
		AllowOriginFunc: func(_ *http.Request, origin string) bool {
			_, ok := trusted[origin]
			return ok
		},
		AllowCredentials: true,
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), c.Handler(mux)))
}
