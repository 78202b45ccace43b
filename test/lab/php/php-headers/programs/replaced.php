<?php
header('Access-Control-Allow-Origin: *');
header('Vary: Accept-Encoding');
header('access-control-allow-origin: https://app.example.com');
header('Vary: Origin');
echo '{}';
