package com.acme.shop;

import io.javalin.Javalin;

public class WildcardAndOne {
    public static Javalin create() {
        return Javalin.create(config -> config.bundledPlugins.enableCors(cors -> cors.addRule(it -> {
            it.allowHost("https://*.example.com", "https://example.com");
        })));
    }
}
