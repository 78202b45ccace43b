<?php

declare(strict_types=1);

$origin = $_SERVER['HTTP_ORIGIN'] ?? '';

// The shop and its blog may ask who is subscribed.
header('Vary: Origin');
if (in_array($origin, ['https://shop.example', 'https://blog.shop.example'], true)) {
    header("Access-Control-Allow-Origin: $origin");
    header('Access-Control-Allow-Credentials: true');
}

if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
    header('Access-Control-Allow-Methods: GET, POST');
    http_response_code(204);
    exit;
}

session_start();
header('Content-Type: application/json');
echo json_encode(['subscribed' => $_SESSION['subscribed'] ?? false]);
