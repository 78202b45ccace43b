package com.acme

import io.ktor.http.*
import io.ktor.server.application.*
import io.ktor.server.plugins.cors.routing.*

private val trusted = listOf("app.example.com", "admin.example.com")

fun Application.configure() {
    install(CORS) {
        trusted.forEach { allowHost(it, schemes = listOf("https")) }
    }
}
