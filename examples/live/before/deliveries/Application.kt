package example.shop.deliveries

import io.ktor.http.HttpHeaders
import io.ktor.http.HttpMethod
import io.ktor.server.application.Application
import io.ktor.server.application.install
import io.ktor.server.plugins.cors.routing.CORS

fun Application.configureCors() {
    install(CORS) {
        allowMethod(HttpMethod.Put)
        allowHeader(HttpHeaders.Authorization)
        allowCredentials = true
        allowOrigins { it.endsWith("shop.example") }
    }
}
