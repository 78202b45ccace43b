package com.acme

import io.ktor.http.*
import io.ktor.server.application.*
import io.ktor.server.plugins.cors.routing.*

fun Application.configure() {
    install(CORS) {
        allowHost("example.com", schemes = listOf("https"), subDomains = listOf("app", "api"))
    }
}
