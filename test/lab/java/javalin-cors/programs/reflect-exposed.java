package com.acme.shop;

import io.javalin.Javalin;

public class ReflectExposed {
    public static Javalin create() {
        return Javalin.create(config -> config.bundledPlugins.enableCors(cors -> cors.addRule(it -> {
            it.reflectClientOrigin = true;
            it.allowCredentials = true;
            it.exposeHeader("X-Total-Count");
            it.maxAge = 3600;
        })));
    }
}
