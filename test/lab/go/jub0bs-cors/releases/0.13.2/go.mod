module corslint.example/lab

go 1.25.0

require github.com/jub0bs/cors v0.13.2

require (
	golang.org/x/net v0.50.0 // indirect
	golang.org/x/text v0.34.0 // indirect
)
