<?php
$headers = getallheaders();
if (array_key_exists('Origin', $headers) && str_contains($headers['Origin'], 'app.example.com')) {
    header('Access-Control-Allow-Origin: ' . $headers['Origin']);
    header('Access-Control-Allow-Credentials: true');
}
echo '{}';
