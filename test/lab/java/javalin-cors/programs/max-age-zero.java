package com.acme.shop;

import io.javalin.Javalin;

public class MaxAgeZero {
    public static Javalin create() {
        return Javalin.create(config -> config.bundledPlugins.enableCors(cors -> cors.addRule(it -> {
            it.allowHost("https://app.example.com");
            it.maxAge = 0;
        })));
    }
}
