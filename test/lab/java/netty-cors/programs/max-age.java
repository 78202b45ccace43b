package com.acme.gateway;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.cors.CorsConfig;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;

public final class MaxAge {
    public static CorsConfig cors() {
        return CorsConfigBuilder.forOrigin("https://app.example.com").allowedRequestMethods(HttpMethod.DELETE).maxAge(3600L).build();
    }
}
