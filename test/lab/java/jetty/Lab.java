package lab;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A Jetty for each `web.xml`, with one static page behind its filters. */
public class Lab {
    public static void main(String[] arguments) throws Exception {
        System.setProperty("org.eclipse.jetty.LEVEL", "OFF");
        Control.listen(arguments[0], Lab::start);
    }

    private static AutoCloseable start(int port, Path file) throws Exception {
        Path site = Files.createTempDirectory("cors-lint-lab-jetty-");
        Files.writeString(site.resolve("index.html"), "read");
        Files.copy(file, Files.createDirectories(site.resolve("WEB-INF")).resolve("web.xml"));
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        Class<?> type = webApplication();
        Object application = type.getConstructor().newInstance();
        type.getMethod("setContextPath", String.class).invoke(application, "/");
        type.getMethod("setWar", String.class).invoke(application, site.toString());
        server.setHandler((Handler) application);
        server.start();
        return server::stop;
    }

    /** Since Jetty 12 it stands in a package for each edition of Jakarta EE. */
    private static Class<?> webApplication() throws ClassNotFoundException {
        try {
            return Class.forName("org.eclipse.jetty.ee10.webapp.WebAppContext");
        } catch (ClassNotFoundException older) {
            return Class.forName("org.eclipse.jetty.webapp.WebAppContext");
        }
    }
}
