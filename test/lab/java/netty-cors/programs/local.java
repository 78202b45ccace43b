package com.acme.gateway;

import io.netty.handler.codec.http.cors.CorsConfig;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;

public final class Local {
    public static CorsConfig cors() {
        return CorsConfigBuilder.forOrigins("http://localhost:3000", "https://app.example.com").allowCredentials().build();
    }
}
