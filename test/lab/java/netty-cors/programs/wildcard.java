package com.acme.gateway;

import io.netty.handler.codec.http.cors.CorsConfig;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;

public final class Wildcard {
    public static CorsConfig cors() {
        return CorsConfigBuilder.forOrigin("https://*.example.com").allowCredentials().build();
    }
}
