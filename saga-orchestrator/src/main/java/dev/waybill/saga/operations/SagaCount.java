package dev.waybill.saga.operations;

import dev.waybill.saga.engine.Status;

/** How many sagas stand at one step. */
record SagaCount(Status status, String step, long sagas) {}
