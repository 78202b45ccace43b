module corslint.example/lab/rscors

go 1.22

require (
	github.com/rs/cors v1.11.1
	gopkg.in/yaml.v3 v3.0.1
)
