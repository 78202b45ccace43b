package com.acme.shop;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;

public class CreatedWith {
    public static void mount(Router router) {
        router.route().handler(CorsHandler.create("https://app\\.example\\.com")
            .allowCredentials(true)
            .allowedMethod(HttpMethod.PUT));
    }
}
