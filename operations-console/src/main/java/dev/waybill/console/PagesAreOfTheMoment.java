package dev.waybill.console;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.WebContentInterceptor;

/**
 * No browser keeps a page: what it shows is true now. And a part of a page that was asked for under the page's own address must
 * not come up in its place when somebody goes back.
 */
@Configuration(proxyBeanMethods = false)
class PagesAreOfTheMoment implements WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        var fresh = new WebContentInterceptor();
        fresh.setCacheControl(CacheControl.noStore());
        registry.addInterceptor(fresh).excludePathPatterns("/webjars/**", "/*.css", "/*.js", "/*.svg");
    }
}
