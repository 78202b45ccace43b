module corslint.example/lab

go 1.22

require github.com/go-chi/cors v1.2.2
