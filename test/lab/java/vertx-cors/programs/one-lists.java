package com.acme.shop;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.Set;

public class OneLists {
    public static void mount(Router router) {
        router.route().handler(CorsHandler.create()
            .addOrigin("https://app.example.com")
            .allowedMethods(Set.of(HttpMethod.PUT))
            .allowedHeaders(Set.of("X-Test"))
            .exposedHeaders(Set.of("X-Total-Count")));
    }
}
