<?php

final class Cors
{
    private const DOMAINS = ['example.com', 'example.org'];
    private array $methods = ['GET', 'PUT'];

    public function __construct(private string $origin)
    {
    }

    public function send(): void
    {
        if (!self::isTrusted($_SERVER['HTTP_ORIGIN'] ?? '')) {
            return;
        }
        header('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);
        header('Access-Control-Allow-Methods: ' . implode(', ', $this->methods));
    }

    private static function isTrusted(string $origin): bool
    {
        foreach (self::DOMAINS as $domain) {
            if ($origin === 'https://' . $domain || str_ends_with($origin, '.' . $domain)) {
                return true;
            }
        }
        return false;
    }
}

header('Vary: Origin');
(new Cors($_SERVER['HTTP_ORIGIN'] ?? ''))->send();
echo '{}';
