<?php
/**
 * Functions of the shop's theme.
 */

add_theme_support('title-tag');

// The basket on shop.example asks admin-ajax.php.
add_filter('allowed_http_origins', function ($origins) {
    $origins[] = 'https://shop.example';
    return $origins;
});
