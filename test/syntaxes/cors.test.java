// SYNTAX TEST "source.java" "CORS names and origins in texts of Java"
response.setHeader("Access-Control-Allow-Origin", "*");
//                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ support.constant.header.cors
//                                                 ^ constant.language.wildcard.cors
registry.addMapping("/api/**").allowedOrigins("https://shop.example");
//                                             ^^^^^^^^^^^^^^^^^^^^ string.other.origin.cors
@CrossOrigin(origins = "*")
//                      ^ constant.language.wildcard.cors
// Access-Control-Allow-Origin: https://shop.example
// ^^^^^^^^^^^^^^^^^^^^^^^^^^ - support.constant.header.cors
