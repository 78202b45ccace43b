package com.acme.shop;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;

public class Slash {
    public static void mount(Router router) {
        router.route().handler(CorsHandler.create()
            .addOrigin("https://app.example.com/"));
    }
}
