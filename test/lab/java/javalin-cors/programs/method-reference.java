package com.acme.shop;

import io.javalin.Javalin;
import io.javalin.plugin.bundled.CorsPluginConfig;

public class Feed {
    public static Javalin create() {
        return Javalin.create(config ->
            config.bundledPlugins.enableCors(cors -> cors.addRule(CorsPluginConfig.CorsRule::anyHost)));
    }
}
