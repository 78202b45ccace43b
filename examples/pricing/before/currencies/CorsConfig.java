package com.example.shop.currencies;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The currencies of the shop, for its pages and those of partners. */
@Configuration
public class CorsConfig implements WebMvcConfigurer {
    @Override
    public void addCorsMappings(CorsRegistry registry) {
        registry.addMapping("/currencies/**")
                .allowedOriginPatterns("https://*shop.example")
                .allowedMethods("GET", "PUT")
                .allowCredentials(true);
    }
}
