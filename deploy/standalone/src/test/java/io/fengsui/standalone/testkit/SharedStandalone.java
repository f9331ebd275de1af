package io.fengsui.standalone.testkit;

import io.fengsui.standalone.Home;
import io.fengsui.standalone.Part;
import io.fengsui.standalone.Standalone;
import io.fengsui.standalone.process.Ports;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One running standalone for all test classes that only add to it; handed to them as a parameter. */
public final class SharedStandalone implements ParameterResolver {
    /** Order of the classes that share it: once up, it takes processor time from others until the end. */
    public static final int LAST = Integer.MAX_VALUE;

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(SharedStandalone.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Standalone.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class)
                .standalone;
    }

    /** A standalone on free ports that is not started. */
    public static Standalone create(Path directory, Path seeds, Set<Part> external, Map<String, String> settings) {
        return new Standalone(
                new Standalone.Options(directory, seeds, Home.locate().registry(), Ports.free(), external, settings),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                InstantSource.system(),
                (what, where, took) -> {});
    }

    private static final class Running implements AutoCloseable {
        private final Path directory;
        private final Standalone standalone;

        Running() {
            try {
                directory = Files.createTempDirectory("fengsui-it-");
                standalone = create(directory.resolve("data"), Home.locate().seeds(), Set.of(), Map.of());
                standalone.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            standalone.close();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
