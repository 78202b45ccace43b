// SYNTAX TEST "source.go" "CORS names and origins in texts of Go"
c.Header("Access-Control-Allow-Origin", "*")
//        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ support.constant.header.cors
//                                       ^ constant.language.wildcard.cors
AllowOrigins: []string{"https://shop.example"},
//                      ^^^^^^^^^^^^^^^^^^^^ string.other.origin.cors
// Access-Control-Allow-Origin: https://shop.example
// ^^^^^^^^^^^^^^^^^^^^^^^^^^ - support.constant.header.cors
