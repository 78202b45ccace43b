<?php
foreach (['example.com', 'example.org'] as $domain) {
    if (preg_match('#^https?://(.+\.)?' . preg_quote($domain, '#') . '$#i', $_SERVER['HTTP_ORIGIN'] ?? '') === 1) {
        header('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);
        header('Access-Control-Allow-Credentials: true');
    }
}
header('Vary: Origin', false);
echo '{}';
