<?php
// The position 0 fails the test.
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
if (strpos($origin, 'https://app.example.com')) {
    header("Access-Control-Allow-Origin: $origin");
    header('Access-Control-Allow-Credentials: true');
}
if (strpos($origin, 'app.example.com')) {
    header("Access-Control-Allow-Origin: $origin");
}
echo '{}';
