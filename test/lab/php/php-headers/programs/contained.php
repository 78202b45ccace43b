<?php
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
if (stripos($origin, 'EXAMPLE.com') !== false) {
    header("Access-Control-Allow-Origin: $origin");
    header('Access-Control-Allow-Credentials: true');
}
echo '{}';
