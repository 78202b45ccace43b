package main

import (
	"io"
	"log"
	"net/http"

	"github.com/jub0bs/cors"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /crates", crates)
	// The package refuses everybody beside credentials, so that the program ends here.
	middleware, err := cors.NewMiddleware(cors.Config{
		Origins:      []string{"*"},
		Credentialed: true,
	})
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe(":8080", middleware.Wrap(mux)))
}

func crates(w http.ResponseWriter, _ *http.Request) {
	_, _ = io.WriteString(w, "[]")
}
