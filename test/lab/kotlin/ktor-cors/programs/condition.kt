package com.acme

import io.ktor.http.*
import io.ktor.server.application.*
import io.ktor.server.plugins.cors.routing.*

private val isOpen = false

fun Application.configure() {
    install(CORS) {
        if (isOpen) anyHost() else allowHost("app.example.com", schemes = listOf("https"))
    }
}
