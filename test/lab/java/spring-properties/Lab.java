package lab;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;

/** One virtual machine for all programs: `/start?port&file` runs an application with that file of settings, `/stop?port` ends it. */
@SpringBootApplication
public class Lab {
    public static void main(String[] arguments) throws Exception {
        Map<String, ConfigurableApplicationContext> running = new ConcurrentHashMap<>();
        HttpServer control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 0);
        control.setExecutor(Executors.newFixedThreadPool(4));
        control.createContext("/", exchange -> {
            String[] query = exchange.getRequestURI().getQuery().split("&", 2);
            byte[] said = new byte[0];
            try {
                if (exchange.getRequestURI().getPath().equals("/start")) running.put(query[0], start(query[0], query[1]));
                else running.remove(query[0]).close();
                exchange.sendResponseHeaders(204, -1);
            } catch (Throwable failure) {
                said = String.valueOf(failure).getBytes();
                exchange.sendResponseHeaders(500, said.length);
                exchange.getResponseBody().write(said);
            }
            exchange.close();
        });
        control.start();
    }

    private static ConfigurableApplicationContext start(String port, String file) {
        return new SpringApplicationBuilder(Lab.class).logStartupInfo(false).run(
            "--management.endpoints.web.exposure.include=lab", "--server.port=" + port, "--server.address=127.0.0.1", "--spring.config.location=file:" + file, "--spring.main.banner-mode=off", "--logging.level.root=off", "--spring.jmx.enabled=false");
    }

    @Endpoint(id = "lab")
    @Component
    static class LabEndpoint {
        @ReadOperation
        public String read() {
            return "read";
        }

        @WriteOperation
        public String write() {
            return "written";
        }

        @DeleteOperation
        public String delete() {
            return "deleted";
        }
    }
}
