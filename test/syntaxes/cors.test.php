// SYNTAX TEST "source.php" "CORS names and origins in texts of PHP"
header("Access-Control-Allow-Origin: *");
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ support.constant.header.cors
//                                   ^ constant.language.wildcard.cors
'allowed_origins' => ['https://shop.example'],
//                     ^^^^^^^^^^^^^^^^^^^^ string.other.origin.cors
// Access-Control-Allow-Origin: https://shop.example
// ^^^^^^^^^^^^^^^^^^^^^^^^^^ - support.constant.header.cors
