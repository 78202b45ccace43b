<?php

namespace Config;

use CodeIgniter\Config\BaseConfig;

class Cors extends BaseConfig
{
    public array $default = [
        'allowedOrigins'         => [],
        'allowedOriginsPatterns' => ['https://.*shop\.example'],
        'supportsCredentials'    => true,
        'allowedHeaders'         => ['Content-Type'],
        'exposedHeaders'         => [],
        'allowedMethods'         => ['GET', 'POST'],
        'maxAge'                 => 7200,
    ];
}
