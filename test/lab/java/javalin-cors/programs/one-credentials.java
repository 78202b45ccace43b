package com.acme.shop;

import io.javalin.Javalin;

public class OneCredentials {
    public static Javalin create() {
        return Javalin.create(config -> config.bundledPlugins.enableCors(cors -> cors.addRule(it -> {
            it.allowHost("https://app.example.com");
            it.allowCredentials = true;
        })));
    }
}
