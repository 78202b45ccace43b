# SYNTAX TEST "source.ruby" "CORS names and origins in texts of Ruby"
headers["Access-Control-Allow-Origin"] = "*"
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ support.constant.header.cors
#                                         ^ constant.language.wildcard.cors
origins 'https://shop.example'
#        ^^^^^^^^^^^^^^^^^^^^ string.other.origin.cors
origins '*'
#        ^ constant.language.wildcard.cors
# Access-Control-Allow-Origin: https://shop.example
# ^^^^^^^^^^^^^^^^^^^^^^^^^^ - support.constant.header.cors
