package main

import (
	"net/http"

	"github.com/zeromicro/go-zero/rest"
	"github.com/zeromicro/go-zero/rest/httpx"
)

func main() {
	// Compared with the whole origin; cookies go along.
	server := rest.MustNewServer(rest.RestConf{Host: "0.0.0.0", Port: 8093}, rest.WithCors("https://shop.example"))
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
