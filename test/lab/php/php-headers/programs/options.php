<?php
$origin = filter_input(INPUT_SERVER, 'HTTP_ORIGIN');
if ($origin === 'https://app.example.com') {
    header('Access-Control-Allow-Origin: https://app.example.com');
    header('Access-Control-Allow-Headers: Content-Type, X-Token');
}
if (strtoupper($_SERVER['REQUEST_METHOD']) === 'OPTIONS') {
    header('HTTP/1.1 204 No Content');
    header('Access-Control-Allow-Methods: GET, PUT, DELETE');
    die();
}
echo '{}';
