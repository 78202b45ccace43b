package main

import "strings"

var companies = []string{".app.example.com", "localhost:3000"}

func isTrusted(origin string) bool {
	for _, company := range companies {
		if strings.HasSuffix(origin, company) {
			return true
		}
	}
	return false
}
