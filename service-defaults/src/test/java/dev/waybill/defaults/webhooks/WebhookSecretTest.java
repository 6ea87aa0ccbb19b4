package dev.waybill.defaults.webhooks;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Clock;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether a service can be started without the secret. */
class WebhookSecretTest {

    private final WebApplicationContextRunner service = new WebApplicationContextRunner().withConfiguration(
            AutoConfigurations.of(
                    WebhooksAutoConfiguration.class,
                    JacksonAutoConfiguration.class,
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class))
            .withBean(Clock.class, Clock::systemUTC);

    @RestController
    static class Taking {

        @PostMapping("/webhooks")
        void take(SignedWebhook webhook) {
            webhook.text();
        }
    }

    @Test
    void oneThatTakesWebhooksDoesNotStartWithoutIt() {
        service.withBean(Taking.class).run(context -> assertThat(context).getFailure()
                .hasMessageContaining("waybill.webhooks.secret is needed"));
        service.withBean(Taking.class).withPropertyValues("waybill.webhooks.secret=s")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void oneThatTakesNoneNeedsNone() {
        service.run(context -> assertThat(context).hasNotFailed());
    }
}
