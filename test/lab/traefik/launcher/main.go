// The headers middleware of Traefik in front of an application that sends no CORS headers: what the lab starts for each
// program, with the settings of its file.
package main

import (
	"context"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"

	"github.com/traefik/traefik/v3/pkg/config/dynamic"
	"github.com/traefik/traefik/v3/pkg/middlewares/headers"
	"gopkg.in/yaml.v3"
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var file struct {
		HTTP struct {
			Middlewares map[string]struct {
				Headers *dynamic.Headers `yaml:"headers"`
			} `yaml:"middlewares"`
		} `yaml:"http"`
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		log.Fatal(err)
	}
	target, err := url.Parse(os.Args[3])
	if err != nil {
		log.Fatal(err)
	}
	// Traefik's response modifier needs the request in the response, which its own proxy puts there as this one does.
	upstream := httputil.NewSingleHostReverseProxy(target)
	routes := http.NewServeMux()
	for name, middleware := range file.HTTP.Middlewares {
		if middleware.Headers == nil {
			continue
		}
		handler, err := headers.New(context.Background(), upstream, *middleware.Headers, name)
		if err != nil {
			log.Fatal(err)
		}
		routes.Handle("/"+name+"/", handler)
	}
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[2], routes))
}
