package lab;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Constructor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** Handlers of the JDK's server, and servlets and filters in Jetty. */
public final class Lab {
    private Lab() {
    }

    public static void main(String[] arguments) throws Exception {
        Control.listen(arguments[0], Lab::start);
    }

    private static AutoCloseable start(int port, Path file) throws Exception {
        List<Class<?>> classes = Programs.load(file);
        for (Class<?> one : classes) {
            if (HttpHandler.class.isAssignableFrom(one)) return handler((HttpHandler) made(one), port);
        }
        return servlets(classes, port);
    }

    private static AutoCloseable handler(HttpHandler handler, int port) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        ExecutorService workers = Executors.newFixedThreadPool(4);
        server.setExecutor(workers);
        server.createContext("/", handler);
        server.start();
        return () -> {
            server.stop(0);
            workers.shutdownNow();
        };
    }

    private static AutoCloseable servlets(List<Class<?>> classes, int port) throws Exception {
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        ServletContextHandler context = new ServletContextHandler("/");
        HttpServlet servlet = new Answer();
        for (Class<?> one : classes) {
            if (Filter.class.isAssignableFrom(one)) context.addFilter(new FilterHolder((Filter) made(one)), "/*", EnumSet.of(DispatcherType.REQUEST));
            if (HttpServlet.class.isAssignableFrom(one)) servlet = (HttpServlet) made(one);
        }
        context.addServlet(new ServletHolder(servlet), "/*");
        server.setHandler(context);
        server.start();
        return server::stop;
    }

    private static Object made(Class<?> type) throws Exception {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    /** What stands behind the filters. */
    private static final class Answer extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(200);
        }
    }
}
