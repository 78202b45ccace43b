package com.acme

import io.ktor.http.*
import io.ktor.server.application.*
import io.ktor.server.plugins.cors.routing.*

private val trusted = setOf("https://app.example.com", "https://admin.example.com")

fun Application.configure() {
    install(CORS) {
        allowOrigins { it in trusted }
        allowCredentials = true
    }
}
