package com.example.shop.vouchers;

import io.javalin.Javalin;

/** Vouchers that customers redeem on the pages of the shop. */
public class Vouchers {
    public static void main(String[] args) {
        Javalin.create(config -> config.bundledPlugins.enableCors(cors -> cors.addRule(rule -> {
            rule.allowHost("https://www.shop.example");
            rule.allowCredentials = true;
        }))).start(7070);
    }
}
