package lab

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.*
import io.ktor.server.cio.CIO
import io.ktor.server.engine.embeddedServer
import io.ktor.server.response.respond
import io.ktor.server.routing.route
import io.ktor.server.routing.routing
import java.util.function.Consumer

/** Started by the virtual machine of the lab, for each program with the module that this has. */
object Server {
    @JvmStatic
    fun start(port: Int, module: Consumer<Application>): AutoCloseable {
        val server = embeddedServer(CIO, port = port, host = "127.0.0.1") {
            module.accept(this)
            routing { route("/") { handle { call.respond(HttpStatusCode.OK) } } }
        }
        server.start(wait = false)
        return AutoCloseable { server.stop(0, 200) }
    }
}
