<?php
$allowed = ['https://app.example.com'];
$allowed[] = 'https://admin.example.com';
$isAllowed = function (?string $origin) use ($allowed): bool {
    return $origin !== null && in_array(strtolower($origin), $allowed, true);
};
if ($isAllowed($_SERVER['HTTP_ORIGIN'] ?? null)) {
    header('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);
}
echo '{}';
