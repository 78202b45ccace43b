package lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application of Spring Boot for each program, with what the program's own classes configure. */
public class Lab {
    public static void main(String[] arguments) throws Exception {
        Control.listen(arguments[0], Lab::start);
    }

    private static AutoCloseable start(int port, Path file) throws Exception {
        List<Class<?>> sources = new ArrayList<>(List.of(Base.class, Items.class));
        List<Class<?>> classes = Programs.load(file);
        for (Class<?> one : classes) if (AnnotatedElementUtils.hasAnnotation(one, Component.class)) sources.add(one);
        ClassLoader loader = classes.get(0).getClassLoader();
        boolean isReactive = Files.readString(file).contains(".reactive.");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return new SpringApplicationBuilder(sources.toArray(new Class<?>[0])).resourceLoader(new DefaultResourceLoader(loader)).logStartupInfo(false).run(
                "--spring.main.web-application-type=" + (isReactive ? "reactive" : "servlet"), "--server.port=" + port, "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off", "--logging.level.root=off", "--spring.jmx.enabled=false")::close;
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Base {
    }

    /** What programs answer that have no handler of their own. */
    @RestController
    static class Items {
        @RequestMapping({"/lab", "/api/lab", "/partners/lab"})
        String lab() {
            return "lab";
        }
    }
}
