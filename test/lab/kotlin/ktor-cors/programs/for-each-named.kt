package com.acme

import io.ktor.http.*
import io.ktor.server.application.*
import io.ktor.server.plugins.cors.routing.*

fun Application.configure() {
    install(CORS) {
        listOf("app.example.com").forEach { host -> allowHost(host, listOf("https")) }
        allowCredentials = true
    }
}
