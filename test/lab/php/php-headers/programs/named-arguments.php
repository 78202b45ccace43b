<?php

$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
if (in_array($origin, ['https://app.example.com'], true)) {
    header(replace: true, header: 'Access-Control-Allow-Origin: ' . $origin);
}
header(response_code: 200, header: 'Access-Control-Allow-Credentials: true');
header(replace: false, header: 'Vary: Origin');

echo "ok";
