package com.acme.shop;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;

public class StarOrigin {
    public static void mount(Router router) {
        router.route().handler(CorsHandler.create()
            .addOrigin("*"));
    }
}
