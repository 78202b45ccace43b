package com.example

import org.apache.pekko.http.cors.scaladsl.CorsDirectives.cors
import org.apache.pekko.http.cors.scaladsl.model.HttpOriginMatcher
import org.apache.pekko.http.cors.scaladsl.settings.CorsSettings
import org.apache.pekko.http.scaladsl.server.Directives._

/** Wish lists, in Pekko. */
object Api {
  private val settings = CorsSettings.defaultSettings.withAllowedOrigins(HttpOriginMatcher.*)

  val routes = cors(settings) {
    path("wishes") { get { complete("[]") } }
  }
}
