package lab;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import java.nio.file.Path;
import java.util.Map;
import play.Application;
import play.api.mvc.Handler;
import play.api.mvc.RequestHeader;
import play.api.routing.Router;
import play.core.server.PekkoHttpServer;
import play.core.server.ServerConfig;
import play.inject.Bindings;
import play.inject.guice.GuiceApplicationBuilder;
import play.libs.streams.Accumulator;
import play.mvc.EssentialAction;
import play.mvc.Results;
import scala.Option;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;

/** One application of Play for each file of settings, with the filters that it switches on. */
public final class Lab {
    private Lab() {
    }

    public static void main(String[] arguments) throws Exception {
        Control.listen(arguments[0], Lab::start);
    }

    private static AutoCloseable start(int port, Path file) {
        Config place = ConfigFactory.parseMap(Map.of(
            "play.http.secret.key", "a secret that is long enough for the tests of a laboratory",
            // The other filters of Play would hide what is to be seen.
            "play.filters.disabled", java.util.List.of("play.filters.csrf.CSRFFilter", "play.filters.hosts.AllowedHostsFilter", "play.filters.headers.SecurityHeadersFilter")));
        Config program = ConfigFactory.parseFile(file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
        // A program without the line that switches the filter on is one whose other file does.
        Config on = ConfigFactory.parseMap(Map.of("play.filters.enabled", java.util.List.of("play.filters.cors.CORSFilter")));
        Config settings = place.withFallback(program).withFallback(program.hasPathOrNull("play.filters.enabled") ? ConfigFactory.empty() : on)
            .withFallback(ConfigFactory.defaultReference()).resolve(ConfigResolveOptions.defaults());
        Application application = new GuiceApplicationBuilder()
            .withConfigLoader(environment -> settings)
            .overrides(Bindings.bind(Router.class).toInstance(Router$.from(new Everything())))
            .build();
        ServerConfig config = new ServerConfig(new java.io.File("."), Option.apply((Object) port), Option.empty(), "127.0.0.1",
            play.api.Mode.Prod$.MODULE$, System.getProperties(), application.asScala().configuration());
        PekkoHttpServer server = PekkoHttpServer.fromApplication(application.asScala(), config);
        return server::stop;
    }

    /** Reads and writes at every path. */
    private static final class Everything extends AbstractPartialFunction<RequestHeader, Handler> {
        @Override
        public boolean isDefinedAt(RequestHeader request) {
            return true;
        }

        @Override
        public <A extends RequestHeader, B> B applyOrElse(A request, scala.Function1<A, B> otherwise) {
            @SuppressWarnings("unchecked")
            B answer = (B) EssentialAction.of(header -> Accumulator.done(Results.ok("answered")));
            return answer;
        }
    }

    /** The companion's method by a name that Java takes. */
    private static final class Router$ {
        static Router from(PartialFunction<RequestHeader, Handler> routes) {
            return Router.from(routes);
        }
    }
}
