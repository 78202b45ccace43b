<?php
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
$granted = match (true) {
    str_starts_with($origin, 'https://app.') => $origin,
    $origin === 'https://admin.example.com' => $origin,
    default => null,
};
if ($granted !== null) {
    header(sprintf('Access-Control-Allow-Origin: %s', $granted));
}
header('Vary: Origin');
echo '{}';
