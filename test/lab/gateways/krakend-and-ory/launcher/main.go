// The package rs/cors in front of a handler that sends no CORS headers, with the options that KrakenD and Ory's servers hand
// to it: what the lab starts for each program, with the settings of its file.
package main

import (
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/rs/cors"
	"gopkg.in/yaml.v3"
)

type krakend struct {
	AllowOrigins     []string `yaml:"allow_origins"`
	AllowMethods     []string `yaml:"allow_methods"`
	AllowHeaders     []string `yaml:"allow_headers"`
	ExposeHeaders    []string `yaml:"expose_headers"`
	AllowCredentials bool     `yaml:"allow_credentials"`
	MaxAge           string   `yaml:"max_age"`
}

type ory struct {
	Enabled          bool     `yaml:"enabled"`
	AllowedOrigins   []string `yaml:"allowed_origins"`
	AllowedMethods   []string `yaml:"allowed_methods"`
	AllowedHeaders   []string `yaml:"allowed_headers"`
	ExposedHeaders   []string `yaml:"exposed_headers"`
	AllowCredentials *bool    `yaml:"allow_credentials"`
	MaxAge           int      `yaml:"max_age"`
}

// JSON is read as the YAML that it is.
type file struct {
	ExtraConfig map[string]krakend `yaml:"extra_config"`
	Serve       map[string]struct {
		Cors ory `yaml:"cors"`
	} `yaml:"serve"`
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var read file
	if err := yaml.Unmarshal(text, &read); err != nil {
		log.Fatal(err)
	}
	var options cors.Options
	for name, c := range read.ExtraConfig {
		if !strings.HasSuffix(name, "cors") {
			continue
		}
		age, _ := time.ParseDuration(c.MaxAge)
		options = cors.Options{AllowedOrigins: c.AllowOrigins, AllowedMethods: c.AllowMethods, AllowedHeaders: c.AllowHeaders, ExposedHeaders: c.ExposeHeaders, AllowCredentials: c.AllowCredentials, MaxAge: int(age.Seconds())}
	}
	for name, server := range read.Serve {
		c := server.Cors
		if !c.Enabled {
			continue
		}
		// Kratos and Hydra send credentials without a setting, the others do not.
		credentials := name == "public" || name == "admin"
		if c.AllowCredentials != nil {
			credentials = *c.AllowCredentials
		}
		options = cors.Options{AllowedOrigins: c.AllowedOrigins, AllowedMethods: c.AllowedMethods, AllowedHeaders: c.AllowedHeaders, ExposedHeaders: c.ExposedHeaders, AllowCredentials: credentials, MaxAge: c.MaxAge}
		if len(options.AllowedMethods) == 0 {
			options.AllowedMethods = []string{"POST", "GET", "PUT", "PATCH", "DELETE"}
		}
		if len(options.AllowedHeaders) == 0 {
			options.AllowedHeaders = []string{"Authorization", "Content-Type", "Cookie"}
		}
	}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("application\n")) })
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[2], cors.New(options).Handler(handler)))
}
