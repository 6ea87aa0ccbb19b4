package dev.waybill.defaults.webhooks;

import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;

@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(WebhookSettings.class)
class WebhooksAutoConfiguration {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(SignedWebhook.class);
    }

    @Bean
    WebMvcConfigurer signedWebhooks(WebhookSettings settings, Clock clock, JsonMapper common) {
        JsonMapper lenient = common.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE).build();
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new SignedWebhookResolver(settings, clock, lenient));
            }
        };
    }

    /** A service that took unsigned facts would be worse than one that does not start. */
    @Bean
    SmartInitializingSingleton webhookSecretIsThere(
            WebhookSettings settings, ObjectProvider<RequestMappingHandlerMapping> mappings) {
        return () -> {
            if (settings.secret().isBlank() && mappings.stream()
                    .flatMap(mapping -> mapping.getHandlerMethods().values().stream())
                    .anyMatch(WebhooksAutoConfiguration::takesWebhook)) {
                throw new IllegalStateException("waybill.webhooks.secret is needed to take webhooks");
            }
        };
    }

    @Bean
    GlobalOperationCustomizer signaturesInOpenApi() {
        return (operation, method) -> takesWebhook(method)
                ? operation.addParametersItem(header(WebhookSignature.TIMESTAMP_HEADER, "Seconds since 1970"))
                        .addParametersItem(header(
                                WebhookSignature.HEADER,
                                "v1= and the HMAC-SHA256 of the timestamp, a dot and the body, in hex"))
                : operation;
    }

    private static HeaderParameter header(String name, String description) {
        var header = new HeaderParameter();
        header.name(name).required(true).description(description).schema(new StringSchema());
        return header;
    }

    private static boolean takesWebhook(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == SignedWebhook.class);
    }
}
