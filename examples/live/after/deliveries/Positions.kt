package example.shop.deliveries

import io.ktor.server.application.call
import io.ktor.server.response.header
import io.ktor.server.response.respondText
import io.ktor.server.routing.Route
import io.ktor.server.routing.get

fun Route.positions() {
    get("/positions") {
        val origin = call.request.headers["Origin"]
        if (origin == "https://shop.example") {
            call.response.header("Access-Control-Allow-Origin", origin)
            call.response.header("Vary", "Origin")
        }
        call.respondText("[]")
    }
}
