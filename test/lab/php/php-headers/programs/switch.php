<?php
switch ($_SERVER['HTTP_ORIGIN'] ?? '') {
    case 'https://app.example.com':
    case 'https://admin.example.com':
        header('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);
        header('Access-Control-Allow-Credentials: true');
        break;
    case 'null':
        header('Access-Control-Allow-Origin: null');
        break;
    default:
        http_response_code(403);
}
header('Vary: Origin');
echo '{}';
