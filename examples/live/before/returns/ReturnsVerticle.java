package com.example.shop.returns;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;

/** Where a parcel that comes back is, for the pages of the shop. */
public class ReturnsVerticle extends AbstractVerticle {
    @Override
    public void start() {
        Router router = Router.router(vertx);
        router.route("/returns/*").handler(CorsHandler.create()
            .addOriginWithRegex("https://.*shop\\.example")
            .allowedMethod(HttpMethod.GET)
            .allowCredentials(true));
        vertx.createHttpServer().requestHandler(router).listen(8080);
    }
}
