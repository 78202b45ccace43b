<?php
$origins = explode(',', 'https://app.example.com,https://admin.example.com');
header('Vary: Origin');
foreach ($origins as $one) {
    if (($_SERVER['HTTP_ORIGIN'] ?? null) === trim($one)) {
        header('Access-Control-Allow-Origin: ' . $one);
        header('Access-Control-Allow-Credentials: true');
        break;
    }
}
echo '{}';
