// SYNTAX TEST "source.js" "CORS names and origins in JavaScript strings"
res.setHeader('Access-Control-Allow-Origin', '*');
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.single.js support.constant.header.cors
//                                            ^ string.quoted.single.js constant.language.wildcard.cors
res.set({ "access-control-allow-origin": "*", 'X-Star': '*' });
//         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ support.constant.header.cors
//                                        ^ constant.language.wildcard.cors
//                                                       ^ string.quoted.single.js - constant.language.wildcard.cors
headers['Access-Control-Allow-Origin'] = `*`;
//                                        ^ string.template.js constant.language.wildcard.cors
app.use(cors({ origin: ['*'] }));
//                       ^ constant.language.wildcard.cors
const list = ['https://app.example.com', "http://localhost:3000", 'https://*.example.com'];
//             ^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.single.js string.other.origin.cors
//                                        ^^^^^^^^^^^^^^^^^^^^^ string.quoted.double.js string.other.origin.cors
//                                                                 ^^^^^^^^^^^^^^^^^^^^^ string.other.origin.cors
const joined = 'https://a.example.com,https://b.example.com';
//              ^^^^^^^^^^^^^^^^^^^^^ string.other.origin.cors
//                                    ^^^^^^^^^^^^^^^^^^^^^ string.other.origin.cors
fetch('https://api.example.com/v1/users');
//     ^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.single.js - string.other.origin.cors
const six = 'http://[::1]:8080';
//           ^^^^^^^^^^^^^^^^^ string.other.origin.cors
const re = /https://a.example.com/;
//          ^^^^^^^ - string.other.origin.cors
// 'Access-Control-Allow-Origin' in a comment stays a comment
const misspelt = 'Access-Control-Allow-Origins';
//                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.single.js - support.constant.header.cors
