package com.acme.shop;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;

public class TwoList {
    public static void mount(Router router) {
        router.route().handler(CorsHandler.create()
            .addOrigins(List.of("https://app.example.com", "https://admin.example.com"))
            .allowedMethod(HttpMethod.PATCH));
    }
}
