module corslint.example/lab

go 1.22

require github.com/emicklei/go-restful/v3 v3.14.0
