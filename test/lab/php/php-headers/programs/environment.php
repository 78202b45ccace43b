<?php
if (getenv('APP_ENV') !== 'production') {
    header('Access-Control-Allow-Origin: http://localhost:3000');
} else {
    header('Access-Control-Allow-Origin: https://app.example.com');
}
echo '{}';
