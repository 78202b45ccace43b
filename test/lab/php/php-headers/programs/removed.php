<?php
header('Access-Control-Allow-Origin: *');
header('Access-Control-Allow-Credentials: true');
if (($_SERVER['HTTP_ORIGIN'] ?? '') === 'https://guest.example.com') {
    header_remove('Access-Control-Allow-Credentials');
}
echo '{}';
