package dev.waybill.console.services;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.stereotype.Component;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Asks several services at the same time: a page takes as long as the slowest of its answers, and not as long as all of them. */
@Component
public class SideBySide {

    private final SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("asking-");

    SideBySide() {
        threads.setVirtualThreads(true);
        threads.setTaskDecorator(new ContextPropagatingTaskDecorator());
    }

    /** Begins to ask, and gives back what waits for the answer. */
    public <T> Supplier<T> ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, threads)::join;
    }
}
