package main

import (
	"log"
	"net/http"

	"github.com/emicklei/go-restful/v3"
)

func main() {
	container := restful.NewContainer()
	ws := new(restful.WebService)
	ws.Path("/pallets").Produces(restful.MIME_JSON)
	ws.Route(ws.GET("").To(pallets))
	container.Add(ws)
	cors := restful.CrossOriginResourceSharing{
		AllowedDomains: []string{"https://shop.example"},
		Container:      container,
	}
	container.Filter(cors.Filter)
	log.Fatal(http.ListenAndServe(":8080", container))
}

func pallets(_ *restful.Request, response *restful.Response) {
	_ = response.WriteAsJson([]string{})
}
