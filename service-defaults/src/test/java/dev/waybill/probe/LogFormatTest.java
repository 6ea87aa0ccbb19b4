package dev.waybill.probe;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class LogFormatTest {

    private static final String FORMAT = "logging.structured.format.console";

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer());

    @Test
    void logsAreForPeopleUnlessAskedForOtherwise() {
        service.run(context -> assertThat(context.getEnvironment().getProperty(FORMAT)).isNull());
    }

    @Test
    void logsAreForMachinesWithTheProfile() {
        service.withPropertyValues("spring.profiles.active=json-logs")
                .run(context -> assertThat(context.getEnvironment().getProperty(FORMAT)).isEqualTo("ecs"));
    }
}
