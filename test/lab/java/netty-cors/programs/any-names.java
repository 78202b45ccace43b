package com.acme.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.cors.CorsConfig;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;

public final class AnyNames {
    public static CorsConfig cors() {
        return CorsConfigBuilder.forAnyOrigin()
            .allowedRequestMethods(HttpMethod.POST, HttpMethod.PUT)
            .allowedRequestHeaders(HttpHeaderNames.CONTENT_TYPE, HttpHeaderNames.AUTHORIZATION)
            .exposeHeaders(HttpHeaderNames.ETAG)
            .build();
    }
}
