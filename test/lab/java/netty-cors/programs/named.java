package com.acme.gateway;

import io.netty.handler.codec.http.cors.CorsConfig;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;

public final class Named {
    public static CorsConfig cors() {
        CorsConfigBuilder builder = CorsConfigBuilder.forAnyOrigin();
        builder.allowCredentials();
        builder.maxAge(60);
        return builder.build();
    }
}
