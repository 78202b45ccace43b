// The headers middleware of Traefik in front of an application that sends no CORS headers: what the lab starts for each
// program, with the settings of its file as Traefik's own readers take them: a dynamic file, labels, or objects of Kubernetes.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/traefik/paerser/file"
	"github.com/traefik/traefik/v3/pkg/config/dynamic"
	"github.com/traefik/traefik/v3/pkg/config/label"
	"github.com/traefik/traefik/v3/pkg/middlewares/headers"
	"gopkg.in/yaml.v3"
	kubernetes "sigs.k8s.io/yaml"
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	middlewares, err := read(text, filepath.Ext(os.Args[1]))
	if err != nil {
		log.Fatal(err)
	}
	target, err := url.Parse(os.Args[3])
	if err != nil {
		log.Fatal(err)
	}
	// Traefik's response modifier needs the request in the response, which its own proxy puts there as this one does.
	upstream := httputil.NewSingleHostReverseProxy(target)
	routes := http.NewServeMux()
	for name, settings := range middlewares {
		handler, err := headers.New(context.Background(), upstream, *settings, name)
		if err != nil {
			log.Fatal(err)
		}
		routes.Handle("/"+name+"/", handler)
	}
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[2], routes))
}

func read(text []byte, extension string) (map[string]*dynamic.Headers, error) {
	if bytes.Contains(text, []byte("\nservices:")) || bytes.HasPrefix(text, []byte("services:")) {
		return ofLabels(text)
	}
	if bytes.Contains(text, []byte("kind: Middleware")) {
		return ofObjects(text)
	}
	var configuration dynamic.Configuration
	if err := file.DecodeContent(string(text), extension, &configuration); err != nil {
		return nil, err
	}
	return ofConfiguration(&configuration), nil
}

func ofConfiguration(configuration *dynamic.Configuration) map[string]*dynamic.Headers {
	found := map[string]*dynamic.Headers{}
	if configuration.HTTP == nil {
		return found
	}
	for name, middleware := range configuration.HTTP.Middlewares {
		if middleware.Headers != nil {
			found[name] = middleware.Headers
		}
	}
	return found
}

// Compose writes a dollar sign that is meant twice.
func ofLabels(text []byte) (map[string]*dynamic.Headers, error) {
	var compose struct {
		Services map[string]struct {
			Labels yaml.Node
			Deploy struct{ Labels yaml.Node }
		}
	}
	if err := yaml.Unmarshal(text, &compose); err != nil {
		return nil, err
	}
	labels := map[string]string{}
	for _, service := range compose.Services {
		for _, node := range []yaml.Node{service.Labels, service.Deploy.Labels} {
			var list []string
			var pairs map[string]string
			if node.Kind == yaml.SequenceNode {
				_ = node.Decode(&list)
			} else if node.Kind == yaml.MappingNode {
				if err := node.Decode(&pairs); err != nil {
					return nil, err
				}
			}
			for _, one := range list {
				key, value, _ := strings.Cut(one, "=")
				labels[key] = strings.ReplaceAll(value, "$$", "$")
			}
			for key, value := range pairs {
				labels[key] = strings.ReplaceAll(value, "$$", "$")
			}
		}
	}
	configuration, err := label.DecodeConfiguration(labels)
	if err != nil {
		return nil, err
	}
	return ofConfiguration(configuration), nil
}

func ofObjects(text []byte) (map[string]*dynamic.Headers, error) {
	found := map[string]*dynamic.Headers{}
	stream := yaml.NewDecoder(bytes.NewReader(text))
	for {
		var object yaml.Node
		if err := stream.Decode(&object); errors.Is(err, io.EOF) {
			return found, nil
		} else if err != nil {
			return nil, err
		}
		written, err := yaml.Marshal(&object)
		if err != nil {
			return nil, err
		}
		var middleware struct {
			Kind     string
			Metadata struct{ Name string }
			Spec     struct {
				Headers *dynamic.Headers `json:"headers"`
			}
		}
		if err := kubernetes.Unmarshal(written, &middleware); err != nil {
			return nil, fmt.Errorf("%s: %w", middleware.Metadata.Name, err)
		}
		if middleware.Kind == "Middleware" && middleware.Spec.Headers != nil {
			found[middleware.Metadata.Name] = middleware.Spec.Headers
		}
	}
}
