<?php
require_once __DIR__ . '/shared/origins.php';

$config = require __DIR__ . '/shared/config.php';
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
if (in_array($origin, ORIGINS, true) || $origin === $config['partner'] || isTrusted($origin)) {
    header("Access-Control-Allow-Origin: $origin");
    if ($config['cookies']) {
        header('Access-Control-Allow-Credentials: true');
    }
}
header('Vary: Origin');
echo '{}';
