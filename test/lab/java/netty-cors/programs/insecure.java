package com.acme.gateway;

import io.netty.handler.codec.http.cors.CorsConfig;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;

public final class Insecure {
    public static CorsConfig cors() {
        return CorsConfigBuilder.forOrigins("http://app.example.com").allowCredentials().build();
    }
}
