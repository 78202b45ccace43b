<?php
function sendCorsHeaders(): void
{
    $origin = $_SERVER['HTTP_ORIGIN'] ?? '';
    $host = parse_url($origin, PHP_URL_HOST);
    if ($host && str_ends_with($host, 'example.com')) {
        header('Access-Control-Allow-Origin: ' . $origin);
        header('Access-Control-Allow-Credentials: true');
        header('Vary: Origin');
    }
}

sendCorsHeaders();
echo '{}';
