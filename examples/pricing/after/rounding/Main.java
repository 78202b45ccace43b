package com.example.shop.rounding;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

/** How prices are rounded, for the pages of the shop. */
public class Main {
    public static void main(String[] arguments) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
        server.createContext("/rounding", exchange -> {
            String origin = exchange.getRequestHeaders().getFirst("Origin");
            if ("https://shop.example".equals(origin)) {
                exchange.getResponseHeaders().set("Access-Control-Allow-Origin", origin);
            }
            exchange.getResponseHeaders().set("Vary", "Origin");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }
}
