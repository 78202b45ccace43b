package main

import "strings"

const company = "app.example.com"

var trustedOrigins = []string{"https://" + company}

func isTrusted(origin string) bool {
	return strings.HasPrefix(origin, "https://") && strings.HasSuffix(origin, "."+company) || origin == trustedOrigins[0]
}
