package com.acme.gateway;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.cors.CorsConfig;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;

public final class AnyMethods {
    public static CorsConfig cors() {
        return CorsConfigBuilder.forAnyOrigin()
            .allowedRequestMethods(HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE)
            .allowedRequestHeaders("Content-Type", "X-Test")
            .maxAge(600)
            .build();
    }
}
