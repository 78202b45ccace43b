<?php
$origin = getenv('SHOP_ORIGIN') ?: 'https://app.example.com';
header("Access-Control-Allow-Origin: $origin");
echo '{}';
