package com.acme.gateway;

import io.netty.handler.codec.http.cors.CorsConfig;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;

public final class AnyCredentials {
    public static CorsConfig cors() {
        return CorsConfigBuilder.forAnyOrigin().allowCredentials().build();
    }
}
