package com.acme.shop;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;

public class Relative {
    public static void mount(Router router) {
        router.route().handler(CorsHandler.create()
            .addRelativeOrigin("https://([a-z]+\\.)?example\\.com")
            .allowCredentials(true));
    }
}
