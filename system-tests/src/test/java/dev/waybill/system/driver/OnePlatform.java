package dev.waybill.system.driver;

import dev.waybill.system.auditor.reading.ClientLog;
import org.jspecify.annotations.Nullable;
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
                .computeIfAbsent(Running.class, key -> new Running(), Running.class).waybill();
    }

    private static final class Running implements AutoCloseable {

        private final LocalPlatform platform = new LocalPlatform();
        private final Thread breakOff = new Thread(platform::stop);
        private final Waybill waybill;
        private @Nullable AssertionError failure;

        Running() {
            Runtime.getRuntime().addShutdownHook(breakOff);
            try {
                Files.createDirectories(Path.of("target"));
                waybill = new Waybill(platform, ClientLog.startIn(Path.of("target", "client.log")));
                platform.reset();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            try {
                platform.start();
            } catch (AssertionError e) {
                failure = e;
            }
        }

        /** One that did not start is not tried again for every class. */
        Waybill waybill() {
            if (failure != null) {
                throw failure;
            }
            return waybill;
        }

        @Override
        public void close() {
            Runtime.getRuntime().removeShutdownHook(breakOff);
            platform.stop();
            platform.spans().close();
        }
    }
}
