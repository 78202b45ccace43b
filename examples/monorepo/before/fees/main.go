package main

import (
	"net/http"

	"github.com/zeromicro/go-zero/rest"
	"github.com/zeromicro/go-zero/rest/httpx"
)

func main() {
	// A star that is given is every caller's own origin, with cookies.
	server := rest.MustNewServer(rest.RestConf{Host: "0.0.0.0", Port: 8093}, rest.WithCors("*"))
	defer server.Stop()
	server.AddRoute(rest.Route{
		Method: http.MethodGet,
		Path:   "/fees",
		Handler: func(w http.ResponseWriter, r *http.Request) {
			httpx.OkJsonCtx(r.Context(), w, []string{})
		},
	})
	server.Start()
}
