package lab;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.lang.reflect.Method;
import java.nio.file.Path;

/** A router for each program, which mounts its handlers on it before an answer for every path. */
public final class Lab {
    private static final Vertx VERTX = Vertx.vertx();

    private Lab() {
    }

    public static void main(String[] arguments) throws Exception {
        Control.listen(arguments[0], Lab::start);
    }

    private static AutoCloseable start(int port, Path file) throws Exception {
        Router router = Router.router(VERTX);
        for (Class<?> one : Programs.load(file)) {
            for (Method method : one.getDeclaredMethods()) {
                if (method.getName().equals("mount")) method.invoke(null, router);
            }
        }
        router.route().handler(context -> context.response().end("answer"));
        HttpServer server = VERTX.createHttpServer().requestHandler(router);
        server.listen(port, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
        return () -> server.close().toCompletionStage().toCompletableFuture().get();
    }
}
