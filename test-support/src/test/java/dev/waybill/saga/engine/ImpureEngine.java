package dev.waybill.saga.engine;

import java.util.UUID;

public class ImpureEngine {

    UUID next() {
        return UUID.randomUUID();
    }
}
