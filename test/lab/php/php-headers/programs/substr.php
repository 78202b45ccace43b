<?php
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
$domain = 'example.com';
if (substr($origin, -strlen($domain)) === $domain || substr($origin, 0, 16) === 'http://localhost') {
    header('Access-Control-Allow-Origin: ' . $origin);
}
header('Vary: Origin');
echo '{}';
