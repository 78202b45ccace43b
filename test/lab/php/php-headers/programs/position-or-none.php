<?php
// What is not found is false, which is as good as 0.
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
if ($origin && strpos($origin, 'https://app.') == 0) {
    header("Access-Control-Allow-Origin: $origin");
    header('Access-Control-Allow-Credentials: true');
}
echo '{}';
