package com.acme.shop;

import io.javalin.Javalin;

public class Port {
    public static Javalin create() {
        return Javalin.create(config -> config.bundledPlugins.enableCors(cors -> cors.addRule(it -> {
            it.allowHost("http://localhost:3000");
        })));
    }
}
