package dev.waybill.system.fault;

import dev.waybill.system.auditor.reading.Addresses.Service;
import dev.waybill.system.driver.Crowd;
import dev.waybill.system.driver.LocalPlatform.ProcessLine;
import dev.waybill.system.driver.PlacedOrder;
import dev.waybill.system.driver.PlatformTest;
import dev.waybill.system.driver.Waybill;
import dev.waybill.system.fault.ConsumerGroups.Member;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two processes of every service share its work. While orders are on their way some of them die, one leaves, and one
 * comes back: partitions and the place of the publisher change hands again and again. Every order
 * ends as it would have without all that, each effect has come once, and nothing was heard out of order.
 */
@PlatformTest
@Tag("long")
@Order(5)
class TwoOfEveryServiceIT {

    private static final int UNDISTURBED = 20;
    private static final int DISTURBED = 50;
    private static final Duration APART = Duration.ofMillis(100);
    /** Five JVMs that start at the same time. */
    private static final Duration UP = Duration.ofMinutes(5);
    /** Longer than a dead consumer's session and a dead publisher's lease. */
    private static final Duration DOWN = Duration.ofSeconds(12);

    private final Waybill waybill;
    private final ConsumerGroups groups;
    private final Map<Service, SecondProcess> seconds = new EnumMap<>(Service.class);

    TwoOfEveryServiceIT(Waybill waybill) {
        this.waybill = waybill;
        this.groups = new ConsumerGroups(waybill.addresses());
    }

    @AfterAll
    void endTheSeconds() {
        seconds.values().forEach(SecondProcess::stop);
        seconds.values().forEach(SecondProcess::close);
        groups.close();
    }

    @Test
    void effectsComeOnceAndInOrderWhileProcessesJoinDieAndLeave() throws IOException {
        startTheSeconds();
        List<Share> shares = Stream.of(Service.values())
                .flatMap(service -> groups.members(service).stream().map(member -> share(service, member))).toList();
        assertThat(shares).hasSize(2 * Service.values().length);
        var orders = new MixedOrders(waybill, "customer of two of every service");
        List<PlacedOrder> placed;
        try (var crowd = new Crowd()) {
            crowd.place(UNDISTURBED, APART, orders::number);
            await("both processes of every service have handled messages").atMost(UP)
                    .until(() -> shares.stream().allMatch(this::hasBeenWorkedOn));
            crowd.place(DISTURBED, APART, n -> orders.number(UNDISTURBED + n));
            await().atMost(UP).until(() -> crowd.acknowledged() > UNDISTURBED + DISTURBED / 3);

            second(Service.INVENTORY).kill();
            second(Service.PAYMENT).kill();
            second(Service.SHIPPING).stop();
            waybill.platform().kill(Service.SAGA, DOWN);
            await("the second orchestrator does the work alone").atMost(UP).until(
                    () -> isAlone(Service.SAGA) && publishes(Service.SAGA));
            placed = crowd.placed();
        }

        for (int n = 0; n < placed.size(); n++) {
            assertThat(placed.get(n).end()).as("number %s, %s", n, placed.get(n)).hasToString(orders.endOf(n));
        }
        await("the first orchestrator is back in its group").atMost(UP).until(() -> isShared(Service.SAGA));
        waybill.auditIsGreen();
        assertThat(seconds.keySet()).filteredOn(service -> second(service).isAlive())
                .containsExactly(Service.ORDER, Service.SAGA, Service.NOTIFICATION);
        for (URI process : running()) {
            assertThat(heardOutOfOrder(process)).as("%s, by its own count", process).isNotEmpty()
                    .allMatch(line -> line.endsWith(" 0.0"));
        }
    }

    private void startTheSeconds() throws IOException {
        await("every service's first process is alone").atMost(UP)
                .until(() -> Stream.of(Service.values()).allMatch(service -> groups.members(service).size() == 1));
        List<ProcessLine> processes = waybill.platform().status();
        for (Service service : Service.values()) {
            ProcessLine first = processes.stream().filter(process -> process.name().equals(service.process()))
                    .findFirst().orElseThrow();
            seconds.put(service, SecondProcess.of(service, first, waybill.platform()));
        }
        await("every service has two processes that share its work").atMost(UP)
                .until(() -> Stream.of(Service.values()).allMatch(this::isShared));
    }

    private SecondProcess second(Service service) {
        return requireNonNull(seconds.get(service));
    }

    private boolean isShared(Service service) {
        List<Member> members = groups.members(service);
        return members.size() == 2 && members.stream().noneMatch(member -> member.partitions().isEmpty());
    }

    /** What one of two processes has been given, and how far it was then. */
    private record Share(Service service, Set<TopicPartition> partitions, long done) {}

    private Share share(Service service, Member member) {
        return new Share(service, member.partitions(), groups.done(service, member.partitions()));
    }

    private boolean hasBeenWorkedOn(Share share) {
        return groups.done(share.service(), share.partitions()) > share.done();
    }

    private boolean isAlone(Service service) {
        return groups.members(service).size() == 1;
    }

    private boolean publishes(Service service) throws IOException {
        SecondProcess second = second(service);
        String leader = waybill.http().get(second.address().resolve("/operations/outbox")).json().path("leader")
                .asString("");
        return leader.endsWith("@" + second.pid());
    }

    /** Where those listen that are running now: the firsts, and what is left of the seconds. */
    private List<URI> running() throws IOException {
        List<URI> running = new ArrayList<>();
        for (Service service : Service.values()) {
            running.add(waybill.addresses().of(service));
            if (second(service).isAlive()) {
                running.add(second(service).address());
            }
        }
        return running;
    }

    private List<String> heardOutOfOrder(URI process) throws IOException {
        return waybill.http().get(process.resolve("/actuator/prometheus")).body().lines()
                .filter(line -> line.matches("messages_sequence_(gaps|inversions)_total\\{.*")).toList();
    }
}
