package com.acme.gateway;

import io.netty.handler.codec.http.cors.CorsConfig;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;

public final class AnyShort {
    public static CorsConfig cors() {
        return CorsConfigBuilder.forAnyOrigin().shortCircuit().build();
    }
}
