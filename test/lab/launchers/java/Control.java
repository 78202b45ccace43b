package lab;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** One virtual machine for all programs: `/start?port&file` runs a server with that file, `/stop?port` ends it. */
final class Control {
    interface Start {
        AutoCloseable run(int port, Path file) throws Exception;
    }

    static void listen(String port, Start start) throws IOException {
        Map<Integer, AutoCloseable> running = new ConcurrentHashMap<>();
        HttpServer control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)), 0);
        control.setExecutor(Executors.newFixedThreadPool(4));
        control.createContext("/", exchange -> {
            String[] query = exchange.getRequestURI().getQuery().split("&", 2);
            int place = Integer.parseInt(query[0]);
            try {
                if (exchange.getRequestURI().getPath().equals("/start")) running.put(place, start.run(place, Path.of(query[1])));
                else stop(running.remove(place), place);
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

    /** Some servers close their channels behind the caller's back, and the port is used again at once. */
    private static void stop(AutoCloseable server, int port) throws Exception {
        server.close();
        for (int attempt = 0; attempt < 250; attempt++) {
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return;
            } catch (IOException taken) {
                Thread.sleep(20);
            }
        }
    }
}
