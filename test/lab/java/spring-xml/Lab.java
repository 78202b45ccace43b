package lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.XmlWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/** An application of Spring MVC for each file, with one controller at several paths. */
public class Lab {
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        Control.listen(arguments[0], Lab::start);
    }

    private static AutoCloseable start(int port, Path file) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("cors-lint-lab-spring-").toString());
        tomcat.setPort(port);
        // Their names are shared by the whole virtual machine.
        tomcat.getEngine().setName("Tomcat " + port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", null);
        XmlWebApplicationContext application = new XmlWebApplicationContext();
        application.setConfigLocation("file:" + file);
        application.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("page", new Page()));
        Tomcat.addServlet(context, "spring", new DispatcherServlet(application));
        context.addServletMappingDecoded("/", "spring");
        tomcat.start();
        return () -> {
            tomcat.stop();
            tomcat.destroy();
        };
    }

    @RestController
    @RequestMapping({"/", "/api/lab", "/resources/lab"})
    public static class Page {
        @GetMapping
        public String read() {
            return "read";
        }

        @PostMapping
        public String write() {
            return "written";
        }

        @PutMapping
        public String replace() {
            return "replaced";
        }

        @DeleteMapping
        public String delete() {
            return "deleted";
        }
    }
}
