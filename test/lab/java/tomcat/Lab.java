package lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;

/** A Tomcat for each `web.xml`, with one static page behind its filters. */
public class Lab {
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        Control.listen(arguments[0], Lab::start);
    }

    private static AutoCloseable start(int port, Path file) throws Exception {
        Path home = Files.createTempDirectory("cors-lint-lab-tomcat-");
        Path site = Files.createDirectories(home.resolve("site"));
        Files.writeString(site.resolve("index.html"), "read");
        Files.copy(file, Files.createDirectories(site.resolve("WEB-INF")).resolve("web.xml"));
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(home.toString());
        tomcat.setPort(port);
        // Their names are shared by the whole virtual machine.
        tomcat.getEngine().setName("Tomcat " + port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", site.toString());
        ContextConfig configuration = new ContextConfig();
        configuration.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
        context.addLifecycleListener(configuration);
        context.addWelcomeFile("index.html");
        Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet");
        context.addServletMappingDecoded("/", "default");
        tomcat.start();
        return () -> {
            tomcat.stop();
            tomcat.destroy();
        };
    }
}
