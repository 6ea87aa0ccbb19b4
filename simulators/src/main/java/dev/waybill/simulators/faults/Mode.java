package dev.waybill.simulators.faults;

/** How a simulator misbehaves; the package's head says what each mode does. */
public enum Mode {
    ERROR, DECLINE, SLOW, TIMEOUT_AFTER_EFFECT, TIMEOUT_BEFORE_EFFECT, DOUBLE_WEBHOOK, NO_WEBHOOK, REFUSE_CANCEL
}
