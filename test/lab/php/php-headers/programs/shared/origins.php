<?php
const ORIGINS = ['https://app.example.com', 'https://admin.example.com'];

function isTrusted(string $origin): bool
{
    return (bool) preg_match('~^https://[a-z]+\.example\.org$~', $origin);
}
