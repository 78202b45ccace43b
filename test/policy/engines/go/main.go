// Answers for each pattern which of the texts Go's regexp matches. See ../../dialects.mjs for the lines.
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"strings"
)

func decoded(text string) string {
	bytes, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return string(bytes)
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "--version" {
		fmt.Println(runtime.Version())
		return
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	lines.Scan()
	texts := strings.Split(lines.Text(), " ")
	for index := range texts {
		texts[index] = decoded(texts[index])
	}
	for lines.Scan() {
		fields := strings.Split(lines.Text(), " ")
		source := decoded(fields[2])
		if strings.Contains(fields[1], "i") {
			source = "(?i:" + source + ")"
		}
		compiled, err := regexp.Compile(source)
		if err != nil {
			fmt.Println("refused")
			continue
		}
		var answers strings.Builder
		for _, text := range texts {
			if compiled.MatchString(text) {
				answers.WriteByte('1')
			} else {
				answers.WriteByte('0')
			}
		}
		fmt.Println(answers.String())
	}
}
