<?php
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
if (!preg_match('{^https://(app|admin)\.example\.com$}', $origin)) {
    http_response_code(403);
    exit('no');
}
header("Access-Control-Allow-Origin: $origin");
header('Access-Control-Allow-Credentials: true');
header('Vary: Origin');
echo '{}';
