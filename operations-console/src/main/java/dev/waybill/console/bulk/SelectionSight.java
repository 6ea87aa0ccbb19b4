package dev.waybill.console.bulk;

import dev.waybill.console.live.Sight;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SelectionSight {

    private record Seen(Selection selection, Progress progress) {}

    @Bean
    Sight seenOfASelection(Selections selections, Items items) {
        return new Sight("/selections/{id}", address -> selections.find(address.id())
                .map(selection -> new Seen(selection, Progress.of(selection, items))));
    }
}
