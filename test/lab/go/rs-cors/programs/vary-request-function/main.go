package main

import (
	"log"
	"net/http"
	"os"
	"regexp"

	"github.com/rs/cors"
)

var pattern = regexp.MustCompile(`^https://[a-z]+\.example\.com$`)

func check(_ *http.Request, origin string) (bool, []string) {
	if pattern.MatchString(origin) {
		return true, nil
	}
	return false, []string{"Referer"}
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("application\n"))
	})
	c := cors.New(cors.Options{AllowOriginVaryRequestFunc: check, AllowCredentials: true})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), c.Handler(mux)))
}
