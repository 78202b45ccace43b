package com.acme.gateway;

import io.netty.handler.codec.http.cors.CorsConfig;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;

public final class OneShort {
    public static CorsConfig cors() {
        return CorsConfigBuilder.forOrigin("https://app.example.com").shortCircuit().build();
    }
}
