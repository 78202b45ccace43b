<?php
$allowed = ['https://app.example.com' => true, 'https://admin.example.com' => false];
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
header('Vary: Origin');
if (isset($allowed[$origin])) {
    header("Access-Control-Allow-Origin: $origin");
}
if (!empty($allowed[$origin])) {
    header('Access-Control-Allow-Credentials: true');
}
echo '{}';
