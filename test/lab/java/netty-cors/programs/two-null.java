package com.acme.gateway;

import io.netty.handler.codec.http.cors.CorsConfig;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;

public final class TwoNull {
    public static CorsConfig cors() {
        return CorsConfigBuilder.forOrigins("https://app.example.com", "https://admin.example.com").allowNullOrigin().build();
    }
}
