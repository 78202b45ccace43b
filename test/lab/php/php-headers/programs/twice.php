<?php
header('Access-Control-Allow-Origin: https://app.example.com');
header('Access-Control-Allow-Origin: https://admin.example.com', false);
echo '{}';
