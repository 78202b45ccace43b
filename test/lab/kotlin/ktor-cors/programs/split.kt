package com.acme

import io.ktor.http.*
import io.ktor.server.application.*
import io.ktor.server.plugins.cors.routing.*

private const val HOSTS = "app.example.com, admin.example.com"

fun Application.configure() {
    install(CORS) {
        HOSTS.split(",").map { it.trim() }.forEach { allowHost(it, schemes = listOf("https")) }
    }
}
