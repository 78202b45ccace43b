// Package ext stands for a module of Traefik that is not published: its types carry no settings of the headers middleware.
package ext

// HTTP is embedded in Traefik's HTTP configuration.
type HTTP struct{}

// Router is embedded in Traefik's routers.
type Router struct{}
