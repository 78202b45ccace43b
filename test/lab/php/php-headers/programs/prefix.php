<?php
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
if (strpos($origin, 'https://app.example.com') === 0) {
    header('Access-Control-Allow-Origin: ' . $origin);
    header('Access-Control-Allow-Credentials: true');
    header('Vary: Origin');
}
echo '{}';
