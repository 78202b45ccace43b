package lab;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a program that is one file of any name, and loads its classes. */
final class Programs {
    private static final Pattern TYPE = Pattern.compile("\\bpublic\\s+(?:final\\s+|abstract\\s+)?(?:class|interface|record)\\s+(\\w+)");

    private Programs() {
    }

    /** All classes of the program; the loader of the first is that of all. */
    static List<Class<?>> load(Path file) throws Exception {
        String source = Files.readString(file);
        Path folder = Files.createTempDirectory("program");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        List<String> options = List.of("-d", folder.toString(), "-proc:none", "-parameters", "-cp", System.getProperty("java.class.path"));
        if (!compiler.getTask(null, null, said, options, null, List.of(new Source(source))).call()) {
            StringBuilder words = new StringBuilder("It is not compiled:");
            for (Diagnostic<?> one : said.getDiagnostics()) words.append(' ').append(one.getLineNumber()).append(": ").append(one.getMessage(null));
            throw new IllegalArgumentException(words.toString());
        }
        URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, Programs.class.getClassLoader());
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path one : (Iterable<Path>) files.sorted()::iterator) {
                String name = folder.relativize(one).toString();
                if (name.endsWith(".class")) classes.add(loader.loadClass(name.replace(".class", "").replace('/', '.')));
            }
        }
        return classes;
    }

    /** A source has the name of its public type, whatever the file is called. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///" + nameOf(text) + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        private static String nameOf(String text) {
            Matcher type = TYPE.matcher(text);
            return type.find() ? type.group(1) : "Program";
        }
    }
}
