package com.acme.shop;

import io.javalin.Javalin;

public class WildcardCredentials {
    public static Javalin create() {
        return Javalin.create(config -> config.bundledPlugins.enableCors(cors -> cors.addRule(it -> {
            it.allowHost("https://*.example.com");
            it.allowCredentials = true;
        })));
    }
}
