package main

import (
	"log"
	"net/http"
	"os"

	restful "github.com/emicklei/go-restful/v3"
)

func main() {
	service := new(restful.WebService)
	service.Route(service.GET("/").To(answer))
	service.Route(service.POST("/").To(answer))
	service.Route(service.PUT("/").To(answer))
	service.Route(service.DELETE("/").To(answer))
	container := restful.NewContainer()
	container.Add(service)
	// Since 3.8.0 a text that looks like a pattern is compared as it stands.
	cors := restful.CrossOriginResourceSharing{
		AllowedDomains: []string{`https://.*\.example\.com`, "https://app.example.com"},
		AllowedMethods: []string{"GET"},
		CookiesAllowed: true,
	}
	container.Filter(cors.Filter)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), container))
}

func answer(_ *restful.Request, response *restful.Response) {
	_, _ = response.Write([]byte("application\n"))
}
