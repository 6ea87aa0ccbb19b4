package dev.waybill.notification.mails;

import dev.waybill.events.Money;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Writes the mails, each as text and as HTML; what stands in HTML is escaped there. */
@Component
class Letters {

    private final NotificationSettings settings;
    private final SpringTemplateEngine texts = new SpringTemplateEngine();

    Letters(NotificationSettings settings) {
        this.settings = settings;
        texts.addTemplateResolver(resolver("*.html", TemplateMode.HTML));
        texts.addTemplateResolver(resolver("*.txt", TemplateMode.TEXT));
    }

    private static ClassLoaderTemplateResolver resolver(String names, TemplateMode mode) {
        var resolver = new ClassLoaderTemplateResolver();
        resolver.setPrefix("mails/");
        resolver.setResolvablePatterns(Set.of(names));
        resolver.setTemplateMode(mode);
        resolver.setCharacterEncoding(StandardCharsets.UTF_8.name());
        return resolver;
    }

    Letter write(Notification notification, String orderNumber, Money total, String to) {
        Template template = notification.template();
        Map<String, Object> words = new HashMap<>(template.particulars(notification.event()));
        words.put("number", orderNumber);
        words.put("total", total);
        words.replaceAll((name, value) -> value instanceof Money money ? inWords(money) : value);
        String subject = template.subject(orderNumber);
        words.put("subject", subject);
        var context = new Context(settings.locale(), words);
        return new Letter(
                "<%s@%s>".formatted(notification.id(), settings.messageIdDomain()),
                to,
                subject,
                texts.process(template.fileName() + ".txt", context),
                texts.process(template.fileName() + ".html", context));
    }

    /** As the locale writes it, with the currency's own digits; a code in place of a sign does not run into them. */
    private String inWords(Money money) {
        Currency currency = money.currency();
        NumberFormat format = NumberFormat.getCurrencyInstance(settings.locale());
        format.setCurrency(currency);
        format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
        format.setMaximumFractionDigits(currency.getDefaultFractionDigits());
        return format.format(BigDecimal.valueOf(money.amountMinor(), currency.getDefaultFractionDigits()))
                .replaceFirst("^([A-Z]{3})(?=\\d)", "$1\u00a0");
    }
}
