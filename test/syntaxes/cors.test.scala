// SYNTAX TEST "source.scala" "CORS names and origins in texts of Scala"
RawHeader("Access-Control-Allow-Origin", "*")
//         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ support.constant.header.cors
//                                        ^ constant.language.wildcard.cors
val trusted = Set("https://shop.example")
//                 ^^^^^^^^^^^^^^^^^^^^ string.other.origin.cors
// Access-Control-Allow-Origin: https://shop.example
// ^^^^^^^^^^^^^^^^^^^^^^^^^^ - support.constant.header.cors
