package com.acme.shop;

import io.javalin.Javalin;

public class NoSchemeHttp {
    public static Javalin create() {
        return Javalin.create(config -> config.bundledPlugins.enableCors(cors -> cors.addRule(it -> {
            it.defaultScheme = "http";
            it.allowHost("app.example.com");
        })));
    }
}
