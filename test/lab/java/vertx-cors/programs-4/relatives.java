package com.acme.shop;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;

public class Relatives {
    public static void mount(Router router) {
        router.route().handler(CorsHandler.create()
            .addRelativeOrigins(List.of("https://a\\.example\\.com", "https://b\\.example\\.com(:\\d+)?")));
    }
}
