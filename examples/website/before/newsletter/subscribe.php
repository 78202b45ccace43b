<?php

declare(strict_types=1);

$origin = $_SERVER['HTTP_ORIGIN'] ?? '';

// The shop and its blog may ask who is subscribed.
if (strpos($origin, 'shop.example') !== false) {
    header("Access-Control-Allow-Origin: $origin");
    header('Access-Control-Allow-Credentials: true');
    header('Vary: Origin');
}

if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
    header('Access-Control-Allow-Methods: GET, POST');
    http_response_code(204);
    exit;
}

session_start();
header('Content-Type: application/json');
echo json_encode(['subscribed' => $_SESSION['subscribed'] ?? false]);
