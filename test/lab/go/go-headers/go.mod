module corslint.example/lab

go 1.22

require (
	github.com/go-chi/chi/v5 v5.2.1
	github.com/gorilla/mux v1.8.1
)
