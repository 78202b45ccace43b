<?php
$parts = parse_url($_SERVER['HTTP_ORIGIN'] ?? '');
if (isset($parts['host']) && $parts['host'] === 'app.example.com') {
    header('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);
}
header('Vary: Origin');
echo '{}';
