<?php
return [
    'partner' => 'https://partner.example',
    'cookies' => true,
];
