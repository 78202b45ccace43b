package com.acme.gateway;

import io.netty.handler.codec.http.cors.CorsConfig;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;

public final class OneCredentials {
    public static CorsConfig cors() {
        return CorsConfigBuilder.forOrigin("https://app.example.com").allowCredentials().build();
    }
}
