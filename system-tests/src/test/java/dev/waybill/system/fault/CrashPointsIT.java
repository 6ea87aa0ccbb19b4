package dev.waybill.system.fault;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Crowd;
import dev.waybill.system.driver.LocalPlatform.ProcessLine;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlacedOrder.End;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import dev.waybill.system.seed.Seeds;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Every service ends at the worst moments there are, in the middle of forty orders: between a commit and the next thing that
 * has to follow from it. Each comes to the point by itself, dies of it once and is started again by the platform; every order
 * ends and the auditor finds nothing lost and nothing doubled.
 */
@PlatformTest
@Tag("long")
@Order(5)
class CrashPointsIT {

    private static final Logger LOG = LoggerFactory.getLogger(CrashPointsIT.class);
    private static final Pattern DEATH = Pattern.compile(" (\\S+) ended with exit code 86;");
    private static final int ORDERS = 40;
    /** All of them come up at the same time. */
    private static final Duration UP_AGAIN = Duration.ofMinutes(3);

    private final Waybill waybill;
    private final Seeds seeds;

    CrashPointsIT(Waybill waybill) throws IOException {
        this.waybill = waybill;
        this.seeds = Seeds.compiledAgainst(waybill.platform().dataDir().resolve("applications"));
    }

    @ParameterizedTest
    @EnumSource
    void whateverServiceDiesThereNothingIsLostAndEffectsHappenOnce(CrashPoint point) throws IOException {
        Map<String, ProcessLine> before = processes();
        List<String> deathsBefore = deaths();
        for (Service service : point.services()) {
            seeds.plant(point.seed(), lineOf(service, before).pid());
        }
        List<PlacedOrder> placed;
        try (var crowd = new Crowd(UP_AGAIN)) {
            var orders = new MixedOrders(waybill, "customer at " + point);
            crowd.place(ORDERS, Duration.ofMillis(100), orders::number);
            placed = crowd.placed();
        }
        await("each has died of it").atMost(UP_AGAIN).until(() -> deaths().size() >= deathsBefore.size()
                + point.services().size());
        await("each is up again").atMost(UP_AGAIN).until(() -> Stream.of(Service.values()).allMatch(waybill::isReady));

        List<End> ends = placed.stream().map(order -> order.endWithin(UP_AGAIN)).toList();
        LOG.info("{}: {}", point, ends.stream().collect(groupingBy(End::toString, counting())));
        assertThat(ends).extracting(End::status).containsOnly("CONFIRMED", "REJECTED");
        List<String> deaths = deaths();
        assertThat(deaths.subList(deathsBefore.size(), deaths.size())).as("each has died of it once")
                .containsExactlyInAnyOrderElementsOf(point.services().stream().map(Service::process).toList());
        Map<String, ProcessLine> after = processes();
        for (Service service : Service.values()) {
            assertThat(lineOf(service, after).restarts() - lineOf(service, before).restarts())
                    .as("restarts of %s", service.process()).isEqualTo(point.services().contains(service) ? 1 : 0);
        }
        waybill.auditIsGreen();
    }

    /** Whoever has ended as only a planted crash ends, according to the platform's log. */
    private List<String> deaths() throws IOException {
        Path log = waybill.platform().dataDir().resolve("logs").resolve("platform.log");
        try (Stream<String> said = Files.lines(log)) {
            return said.map(DEATH::matcher).filter(Matcher::find).map(death -> death.group(1)).toList();
        }
    }

    private Map<String, ProcessLine> processes() {
        return waybill.platform().status().stream().collect(toMap(ProcessLine::name, identity()));
    }

    private static ProcessLine lineOf(Service service, Map<String, ProcessLine> processes) {
        return requireNonNull(processes.get(service.process()));
    }
}
