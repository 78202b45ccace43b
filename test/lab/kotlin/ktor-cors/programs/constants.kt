package com.acme

import io.ktor.http.*
import io.ktor.server.application.*
import io.ktor.server.plugins.cors.routing.*

private const val HOST = "app.example.com"
private const val SCHEME = "https"
private const val CREDENTIALS = true

fun Application.configure() {
    install(CORS) {
        allowHost(HOST, schemes = listOf(SCHEME))
        allowCredentials = CREDENTIALS
    }
}
