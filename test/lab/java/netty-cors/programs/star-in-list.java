package com.acme.gateway;

import io.netty.handler.codec.http.cors.CorsConfig;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;

public final class StarInList {
    public static CorsConfig cors() {
        return CorsConfigBuilder.forOrigins("*").allowCredentials().build();
    }
}
