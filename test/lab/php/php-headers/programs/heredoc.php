<?php
$origin = <<<ORIGIN
    https://app.example.com
    ORIGIN;
header("Access-Control-Allow-Origin:\x20{$origin}");
header(<<<'HEADER'
Access-Control-Expose-Headers: X-Total
HEADER);
echo '{}';
