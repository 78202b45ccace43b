package com.acme.gateway;

import io.netty.handler.codec.http.cors.CorsConfig;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;

public final class Constant {
    private static final String[] ORIGINS = {"https://app.example.com", "https://admin.example.com"};

    public static CorsConfig cors() {
        return CorsConfigBuilder.forOrigins(ORIGINS).allowCredentials().build();
    }
}
