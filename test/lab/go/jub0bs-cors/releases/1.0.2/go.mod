module corslint.example/lab

go 1.25.0

require github.com/jub0bs/cors v1.0.2

require (
	golang.org/x/net v0.53.0 // indirect
	golang.org/x/text v0.36.0 // indirect
)
