package dev.waybill.simulators.gateway;

import dev.waybill.simulators.gateway.GatewayEntry.AlreadyVoided;
import dev.waybill.simulators.gateway.GatewayEntry.Charged;
import dev.waybill.simulators.gateway.GatewayEntry.Refused;
import dev.waybill.simulators.web.Checks;
import dev.waybill.simulators.web.IdempotencyKeys;
import dev.waybill.simulators.web.Nothing;
import dev.waybill.simulators.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.Iterator;

import static dev.waybill.simulators.web.IdempotencyKeys.valid;

/** The gateway over HTTP; the package's head has the calls. */
@RestController
@RequestMapping("/gateway")
class GatewayController {

    private final Gateway gateway;

    GatewayController(Gateway gateway) {
        this.gateway = gateway;
    }

    @PostMapping("/authorizations")
    @ResponseStatus(HttpStatus.CREATED)
    Answer authorize(@RequestHeader(IdempotencyKeys.HEADER) String key, @RequestBody Authorize body) {
        return Answer.from(gateway.authorize(valid(key), body.orderId(), body.amount(), body.paymentMethod()));
    }

    @PostMapping("/authorizations/{reference}/captures")
    @ResponseStatus(HttpStatus.CREATED)
    Answer capture(
            @RequestHeader(IdempotencyKeys.HEADER) String key,
            @PathVariable String reference,
            @RequestBody Part body) {
        return Answer.from(gateway.capture(valid(key), reference, body.amount()));
    }

    @PostMapping("/authorizations/{reference}/voids")
    @ResponseStatus(HttpStatus.CREATED)
    Answer cancel(
            @RequestHeader(IdempotencyKeys.HEADER) String key,
            @PathVariable String reference,
            @RequestBody(required = false) @Nullable Nothing body) {
        return Answer.from(gateway.cancel(valid(key), reference));
    }

    @PostMapping("/authorizations/{reference}/refunds")
    @ResponseStatus(HttpStatus.CREATED)
    Answer refund(
            @RequestHeader(IdempotencyKeys.HEADER) String key,
            @PathVariable String reference,
            @RequestBody Part body) {
        return Answer.from(gateway.refund(valid(key), reference, body.amount()));
    }

    @GetMapping("/charges")
    Charges charges(@RequestParam(required = false) @Nullable String orderId) {
        return new Charges(gateway.charges(orderId).map(ChargeView::from).iterator());
    }

    record Authorize(String orderId, Money amount, String paymentMethod) {

        Authorize {
            Checks.text("An order id", orderId, 100);
            Checks.present("An amount", amount);
            Checks.text("A payment method", paymentMethod, 100);
        }
    }

    /** How much of an authorization. */
    record Part(Money amount) {

        Part {
            Checks.present("An amount", amount);
        }
    }

    record Answer(String reference, String status) {

        static Answer from(GatewayEntry entry) {
            return switch (entry) {
                case Charged charged -> new Answer(charged.reference(), charged.kind().status());
                case AlreadyVoided voided -> new Answer(voided.reference(), ChargeKind.VOID.status());
                case Refused refused -> throw new ProblemException(
                        refused.refusal().status(),
                        refused.refusal().name(),
                        refused.refusal().sentence());
            };
        }
    }

    /** Written as it is read: the books may be larger than the memory. */
    record Charges(Iterator<ChargeView> items) {}

    record ChargeView(
            String reference, String orderId, String idempotencyKey, ChargeKind kind, Money amount, Instant at) {

        static ChargeView from(Charged charged) {
            return new ChargeView(
                    charged.reference(),
                    charged.orderId(),
                    charged.request().key(),
                    charged.kind(),
                    charged.amount(),
                    charged.at());
        }
    }
}
