package dev.waybill.console.bulk.sagas;

import dev.waybill.console.bulk.BulkAct;
import dev.waybill.console.services.SagaService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SagaActsConfiguration {

    @Bean
    BulkAct retrySagas(SagaService sagas) {
        return new SagaAct(SagaChoice.RETRY, sagas);
    }

    @Bean
    BulkAct skipStepsOfSagas(SagaService sagas) {
        return new SagaAct(SagaChoice.SKIP, sagas);
    }

    @Bean
    BulkAct compensateSagas(SagaService sagas) {
        return new SagaAct(SagaChoice.COMPENSATE, sagas);
    }

    @Bean
    BulkAct resolveSagasAsCompleted(SagaService sagas) {
        return new SagaAct(SagaChoice.COMPLETED, sagas);
    }

    @Bean
    BulkAct resolveSagasAsCompensated(SagaService sagas) {
        return new SagaAct(SagaChoice.COMPENSATED, sagas);
    }
}
