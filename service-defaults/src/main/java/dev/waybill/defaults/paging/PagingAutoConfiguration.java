package dev.waybill.defaults.paging;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(PagingSettings.class)
class PagingAutoConfiguration {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(PageRequest.class);
    }

    @Bean
    WebMvcConfigurer pageRequests(PagingSettings settings) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new PageRequestResolver(new Cursors(settings.cursorKey())));
            }
        };
    }

    @Bean
    GlobalOperationCustomizer pagesInOpenApi() {
        return (operation, method) -> takes(method) ? describe(operation) : operation;
    }

    private static boolean takes(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == PageRequest.class);
    }

    private static Operation describe(Operation operation) {
        var limit = new IntegerSchema();
        limit.setMinimum(BigDecimal.ONE);
        limit.setMaximum(BigDecimal.valueOf(PageRequest.MAX_LIMIT));
        limit.setDefault(PageRequest.DEFAULT_LIMIT);
        return operation
                .addParametersItem(new QueryParameter().name(PageRequestResolver.LIMIT).schema(limit)
                        .description("How many items a page holds at most"))
                .addParametersItem(new QueryParameter().name(PageRequestResolver.CURSOR).schema(new StringSchema())
                        .description("The `next` of the page before; opaque"));
    }
}
