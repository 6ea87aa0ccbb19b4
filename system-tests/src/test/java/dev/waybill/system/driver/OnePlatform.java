package dev.waybill.system.driver;

import dev.waybill.system.auditor.reading.ClientLog;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One platform for all tests of a run: started when the first of them asks for it, stopped after the last, or when the run is
 * broken off. What a run that was killed has left behind is cleared away by the next.
 */
final class OnePlatform implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Waybill.class;
    }

    @Override
    public Waybill resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(Namespace.GLOBAL)
                .computeIfAbsent(Running.class, key -> new Running(), Running.class).waybill;
    }

    private static final class Running implements AutoCloseable {

        private final LocalPlatform platform = new LocalPlatform();
        private final Thread breakOff = new Thread(platform::stop);
        private final Waybill waybill;

        Running() {
            try {
                Path log = Path.of("target", "client.log");
                Files.createDirectories(Path.of("target"));
                waybill = new Waybill(platform, ClientLog.startIn(log));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            platform.reset();
            Runtime.getRuntime().addShutdownHook(breakOff);
            platform.start();
        }

        @Override
        public void close() {
            Runtime.getRuntime().removeShutdownHook(breakOff);
            platform.stop();
        }
    }
}
