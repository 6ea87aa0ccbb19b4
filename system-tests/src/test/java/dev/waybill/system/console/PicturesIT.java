package dev.waybill.system.console;

import dev.waybill.system.driver.Crowd;
import dev.waybill.system.driver.OrderForm;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The pictures of docs/console.md, taken while orders are under way. Where {@code waybill.pictures} says, which {@code
 * ./screenshots} does; else in the build directory, so that they can always be made.
 */
@PlatformTest
@Tag("long")
@Order(3)
class PicturesIT {

    private static final int LARGEST = 200 * 1024;

    private final Path directory = Path.of(System.getProperty("waybill.pictures", "target/pictures"));
    private final Waybill waybill;
    private final Chromium chromium;

    PicturesIT(Waybill waybill) throws IOException, InterruptedException {
        this.waybill = waybill;
        this.chromium = Chromium.start();
        Files.createDirectories(directory);
    }

    @AfterAll
    void end() {
        chromium.close();
    }

    @Test
    void ofThePagesOnWhichPeopleLookMost() {
        try (var crowd = new Crowd();
                var scene = new Scene(waybill);
                Person ada = chromium.person(scene.console(), "ada")) {
            crowd.place(90, Duration.ofMillis(500), this::anyOrder);
            await().atMost(Duration.ofMinutes(1)).until(() -> crowd.acknowledged() > 30);

            take(ada.opens("/"), Look.DESK_BY_DAY, "flow");
            take(ada.opens("/orders/" + scene.stuck.id()), Look.DESK_BY_DAY, "order");
            take(ada.opens("/orders/" + scene.fulfilled.id()), Look.PHONE_BY_DAY, "order-phone");
            take(ada.opens("/orders/" + scene.fulfilled.id() + "/trace"), Look.DESK_BY_DAY, "trace");
            take(ada.opens("/sagas"), Look.DESK_BY_DAY, "sagas");
            take(ada, Look.DESK_BY_NIGHT, "sagas-dark");
            take(ada.opens("/parked"), Look.DESK_BY_DAY, "parked");
            take(ada.opens("/consumers"), Look.DESK_BY_DAY, "consumers");

            assertThat(ada.troubles()).isEmpty();
            crowd.placed().forEach(order -> order.end());
        }
        waybill.auditIsGreen();
    }

    private void take(Person person, Look look, String name) {
        Path file = directory.resolve("console-" + name + ".png");
        person.looksIn(look).takesAPicture(file);
        assertThat(file.toFile().length()).as("%s: what documents show is small", file).isLessThan(LARGEST);
    }

    /** Orders of several kinds and customers, so that some are rejected and some take their time. */
    private OrderForm anyOrder(int n) {
        OrderForm order = waybill.order("FILTER-04", 1 + n % 3).by("customer-" + n % 7);
        return switch (n % 9) {
            case 1 -> order.paidBy("pm_card_declined");
            case 4 -> order.paidBy("pm_card_slow");
            case 7 -> order.to("XX");
            default -> order;
        };
    }
}
