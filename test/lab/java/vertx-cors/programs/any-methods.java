package com.acme.shop;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;

public class AnyMethods {
    public static void mount(Router router) {
        router.route().handler(CorsHandler.create()
            .allowedMethod(HttpMethod.PUT)
            .allowedMethod(HttpMethod.DELETE)
            .allowedHeader("Content-Type"));
    }
}
