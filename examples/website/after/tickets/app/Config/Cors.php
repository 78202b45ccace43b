<?php

namespace Config;

use CodeIgniter\Config\BaseConfig;

class Cors extends BaseConfig
{
    public array $default = [
        'allowedOrigins'         => [],
        'allowedOriginsPatterns' => ['https://(\w+\.)?shop\.example'],
        'supportsCredentials'    => true,
        'allowedHeaders'         => ['Content-Type'],
        'exposedHeaders'         => [],
        'allowedMethods'         => ['GET', 'POST'],
        'maxAge'                 => 7200,
    ];
}
