package com.acme.shop;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.filter.CorsFilter;

@Configuration
class CorsConfig {
    @Bean
    CorsFilter corsFilter() {
        return new CorsFilter(request -> {
            var cors = new CorsConfiguration();
            cors.setAllowedOriginPatterns(java.util.List.of("https://*.example.com"));
            cors.setAllowCredentials(true);
            return cors;
        });
    }
}
