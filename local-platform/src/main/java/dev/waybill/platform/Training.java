package dev.waybill.platform;

import dev.waybill.platform.process.Background;
import dev.waybill.platform.process.Journal;
import dev.waybill.platform.servers.Application;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * Makes the next start faster, in the background of this one and at the lowest priority: each application that has no startup
 * cache yet is started once more, only to write it. What fails here costs nothing but the time.
 */
final class Training implements Runnable {

    private static final long ROOM = 3L * 1024 * 1024 * 1024;

    private final Settings settings;
    private final List<Application> applications;
    private final Background background;
    private final Journal journal;

    Training(Settings settings, List<Application> applications, Background background, Journal journal) {
        this.settings = settings;
        this.applications = applications;
        this.background = background;
        this.journal = journal;
    }

    @Override
    public void run() {
        List<Application> untrained = applications.stream().filter(Application::canBeTrained).toList();
        if (untrained.isEmpty() || !hasRoom()) {
            return;
        }
        journal.note("The next start is made faster in the background; WAYBILL_NO_TRAINING=1 leaves that out.");
        try {
            for (Application application : untrained) {
                int exitCode = background.run(application.trainingCommand(), application.trainingEnvironment());
                application.trained(exitCode == 0);
                if (exitCode != 0) {
                    journal.note("%s could not be made faster; %s says why".formatted(application.name(),
                            background.log()));
                }
            }
            journal.note("The next start is faster.");
        } catch (InterruptedException e) {
            // The platform stops. What is not trained yet is trained another time.
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            journal.note("The next start is not made faster: %s".formatted(e));
        }
    }

    private boolean hasRoom() {
        try {
            return Files.getFileStore(settings.dataDir()).getUsableSpace() > ROOM;
        } catch (IOException e) {
            return false;
        }
    }
}
