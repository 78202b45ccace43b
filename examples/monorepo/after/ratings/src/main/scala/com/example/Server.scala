package com.example

import cats.effect.IO
import org.http4s.HttpRoutes
import org.http4s.server.middleware.CORS

/** Ratings, in http4s. */
object Server {
  def withCors(routes: HttpRoutes[IO]): HttpRoutes[IO] =
    CORS.policy
      .withAllowOriginHostCi(origin => origin.toString == "https://shop.example")
      .withAllowCredentials(true)
      .apply(routes)
}
