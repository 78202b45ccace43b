package com.acme.shop;

import io.javalin.Javalin;

public class ReflectCredentials {
    public static Javalin create() {
        return Javalin.create(config -> config.bundledPlugins.enableCors(cors -> cors.addRule(it -> {
            it.reflectClientOrigin = true;
            it.allowCredentials = true;
        })));
    }
}
