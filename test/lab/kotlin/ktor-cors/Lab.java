package lab;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;

/** A server of Ktor for each program, with the function of it that takes an application. One compiler serves all of them. */
public class Lab {
    private static Path server;

    public static void main(String[] arguments) throws Exception {
        Control.listen(arguments[0], Lab::start);
    }

    private static AutoCloseable start(int port, Path file) throws Exception {
        synchronized (Lab.class) {
            if (server == null) server = compiled(Path.of("Server.kt"));
        }
        Path program = compiled(file);
        URLClassLoader loader = new URLClassLoader(new URL[] {server.toUri().toURL(), program.toUri().toURL()}, Lab.class.getClassLoader());
        Method module = moduleOf(program, loader);
        Consumer<Object> run = application -> {
            try {
                module.invoke(null, application);
            } catch (ReflectiveOperationException failure) {
                throw new IllegalStateException(failure);
            }
        };
        Method starting = loader.loadClass("lab.Server").getMethod("start", int.class, Consumer.class);
        return (AutoCloseable) starting.invoke(null, port, run);
    }

    /** The folder with the classes. */
    private static Path compiled(Path file) throws Exception {
        Path folder = Files.createTempDirectory("program");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        // The machine has put the names of all files in place of the star.
        String path = System.getProperty("java.class.path");
        ExitCode code = new K2JVMCompiler().exec(new PrintStream(said), "-no-stdlib", "-no-reflect", "-nowarn", "-classpath", path, "-d", folder.toString(), file.toString());
        if (code != ExitCode.OK) throw new IllegalArgumentException("It is not compiled: " + said.toString(StandardCharsets.UTF_8));
        return folder;
    }

    private static Method moduleOf(Path folder, ClassLoader loader) throws Exception {
        Class<?> application = loader.loadClass("io.ktor.server.application.Application");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path one : (Iterable<Path>) files.sorted()::iterator) {
                String name = folder.relativize(one).toString();
                if (!name.endsWith("Kt.class")) continue;
                for (Method method : loader.loadClass(name.replace(".class", "").replace(File.separatorChar, '.')).getMethods())
                    if (Modifier.isStatic(method.getModifiers()) && List.of(method.getParameterTypes()).equals(List.of(application))) return method;
            }
        }
        throw new IllegalArgumentException("No function takes an application.");
    }
}
