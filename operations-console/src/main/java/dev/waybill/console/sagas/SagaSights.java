package dev.waybill.console.sagas;

import dev.waybill.console.journal.About;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.live.Sight;
import dev.waybill.console.services.SagaService.Wanted;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.util.List;

@Configuration(proxyBeanMethods = false)
class SagaSights {

    @Bean
    Sight seenOfSagas(LookingAtSagas looking) {
        return new Sight("/sagas", address -> looking.list(new Wanted(address.parameter("status"),
                address.parameter("step"), address.parameter("type"), address.parameter("olderThan"), null),
                address.parameter("cursor")));
    }

    @Bean
    Sight seenOfASaga(LookingAtSagas looking, Journal journal) {
        return new Sight("/sagas/{id}",
                address -> List.of(looking.at(address.id()), journal.of(About.saga(address.id()))));
    }
}
