package dev.waybill.defaults.requests;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(HttpSettings.class)
class RequestsAutoConfiguration {

    /** After the filter that begins the request's span, so that a refusal has its trace id. */
    private static final int AFTER_OBSERVATION = Ordered.HIGHEST_PRECEDENCE + 10;

    @Bean
    FilterRegistrationBean<BodySizeFilter> bodySizeFilter(
            HttpSettings settings,
            @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        var filter = new BodySizeFilter(settings.maxBodySize().toBytes(), problems);
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(AFTER_OBSERVATION);
        return registration;
    }

    @Bean
    WebMvcConfigurer readableAnswers() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(new ReadableAnswers());
            }
        };
    }

    /** What {@code /v3/api-docs} says of itself; the operations are found by themselves. */
    @Bean
    @ConditionalOnMissingBean
    OpenAPI apiDescription(@Value("${spring.application.name}") String service) {
        return new OpenAPI().info(new Info().title("Waybill " + service).version("v1"));
    }

    /** Last, so that it has the last word on how JSON is read and written. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    ServerHttpMessageConvertersCustomizer strictJson(JsonMapper common) {
        return converters -> converters.withJsonConverter(new JacksonJsonHttpMessageConverter(StrictJson.from(common)));
    }
}
