package lab;

import com.sun.net.httpserver.HttpServer;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertiesPropertySourceLoader;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** One virtual machine for all programs: `/start?port&file` runs an application with that file of settings, `/stop?port` ends it. */
public class Lab {
    public static void main(String[] arguments) throws Exception {
        Map<String, EmbeddedServer> running = new ConcurrentHashMap<>();
        HttpServer control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 0);
        control.setExecutor(Executors.newFixedThreadPool(4));
        control.createContext("/", exchange -> {
            String[] query = exchange.getRequestURI().getQuery().split("&", 2);
            try {
                if (exchange.getRequestURI().getPath().equals("/start")) running.put(query[0], start(query[0], Path.of(query[1])));
                else stop(running.remove(query[0]), Integer.parseInt(query[0]));
                exchange.sendResponseHeaders(204, -1);
            } catch (Throwable failure) {
                Throwable cause = failure;
                while (cause.getCause() != null) cause = cause.getCause();
                byte[] said = String.valueOf(cause).getBytes();
                exchange.sendResponseHeaders(500, said.length);
                exchange.getResponseBody().write(said);
            }
            exchange.close();
        });
        control.start();
    }

    private static EmbeddedServer start(String port, Path file) throws Exception {
        try (InputStream input = Files.newInputStream(file)) {
            Map<String, Object> settings = file.toString().endsWith(".properties") ? new PropertiesPropertySourceLoader().read("lab", input) : new YamlPropertySourceLoader().read("lab", input);
            // The protection of servers on the own machine would hide what is to be seen.
            Map<String, Object> place = Map.of("micronaut.server.port", port, "micronaut.server.host", "127.0.0.1", "micronaut.server.cors.localhost-pass-through", true);
            return ApplicationContext.builder().propertySources(PropertySource.of("lab", settings), PropertySource.of("place", place)).run(EmbeddedServer.class);
        }
    }

    /** The channels are closed behind the caller's back, and the port is used again at once. */
    private static void stop(EmbeddedServer server, int port) throws Exception {
        server.getApplicationContext().close();
        for (int attempt = 0; attempt < 250; attempt++) {
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return;
            } catch (BindException taken) {
                Thread.sleep(20);
            }
        }
    }

    @Controller("/lab")
    static class LabController {
        @Get
        String read() {
            return "read";
        }

        @Post
        String write() {
            return "written";
        }

        @Delete
        String delete() {
            return "deleted";
        }
    }
}
