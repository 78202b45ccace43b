package com.acme

import io.ktor.http.*
import io.ktor.server.application.*
import io.ktor.server.plugins.cors.routing.*

fun Application.configure() {
    install(CORS) {
        allowHost("app.*.com")
    }
}
