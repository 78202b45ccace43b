package main

import (
	"net/http"
	"os"
	"strconv"

	"github.com/zeromicro/go-zero/core/logx"
	"github.com/zeromicro/go-zero/rest"
)

func main() {
	logx.Disable()
	port, _ := strconv.Atoi(os.Getenv("PORT"))
	server := rest.MustNewServer(rest.RestConf{Host: "127.0.0.1", Port: port}, rest.WithCors("https://app.example.com", "null"))
	defer server.Stop()
	for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} {
		server.AddRoute(rest.Route{Method: method, Path: "/", Handler: func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte("application"))
		}})
	}
	server.Start()
}
