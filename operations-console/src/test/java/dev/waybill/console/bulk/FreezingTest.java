package dev.waybill.console.bulk;

import dev.waybill.console.bulk.Draft.LeftOut;
import dev.waybill.console.journal.About;
import dev.waybill.console.journal.Entry;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.parked.StandIns;
import dev.waybill.console.parked.SteeringTest;
import dev.waybill.console.who.Who;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A selection is written down as a whole, in its order, or not at all; and it is all that its pages show. */
@SteeringTest
class FreezingTest {

    private static final String REPLAY = "parked.replay";
    private static final Pattern MORE = Pattern.compile("rel=\"next\"\\s+href=\"([^\"]*)\"");

    @Autowired
    private Freezing freezing;

    @Autowired
    private Journal journal;

    @Autowired
    private JdbcClient database;

    @Autowired
    private MockMvcTester http;

    @BeforeEach
    void reset() {
        StandIns.reset();
    }

    @AfterEach
    void clear() {
        database.sql("delete from bulk_selection").update();
    }

    @Test
    void moreThanASelectionTakesOrAnActThatNobodyKnowsIsNotFrozen() {
        assertThatThrownBy(() -> freezing.freeze(draft(REPLAY, freezing.most() + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> freezing.freeze(draft("parked.shred", 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(selections()).isZero();
        freezing.freeze(draft(REPLAY, freezing.most()));
        assertThat(selections()).isEqualTo(1);
    }

    @Test
    void whatCannotBeWrittenWholeIsNotWrittenAtAll() {
        List<BulkItem> items = List.of(item("first"), item("no database takes a \0"));
        assertThatThrownBy(() -> freezing.freeze(new Draft(REPLAY, "everything", ada(), items, List.of())))
                .isInstanceOf(DataAccessException.class);
        assertThat(selections()).isZero();
    }

    @Test
    void theFreezingIsJournaledWithItsCountAndItsFilter() {
        UUID id = freezing.freeze(draft(REPLAY, 3));
        assertThat(journal.about(About.selection(id))).singleElement().satisfies(entry -> {
            assertThat(entry.what()).isEqualTo("freeze a selection: Replay parked messages");
            assertThat(entry.detail()).isEqualTo("3 items; key k");
            assertThat(entry.reason()).isEqualTo("because");
        }).extracting(Entry::who).isEqualTo("ada");
    }

    @Test
    void itsItemsAreShownPageByPageInTheirOrderWithWhatIsLeftOut() {
        UUID id = freezing.freeze(new Draft(REPLAY, "key k", ada(), items(5),
                List.of(new LeftOut("order-service", "order-service cannot be reached", 0))));
        String first = page("/selections/" + id + "?limit=2");
        assertThat(first).contains("item 0", "item 1", "order-service cannot be reached").doesNotContain("item 2");
        String second = page(more(first) + "&limit=2");
        assertThat(second).contains("item 2", "item 3").doesNotContain("item 1", "item 4");
        assertThat(page(more(second) + "&limit=2")).contains("item 4").doesNotContain("item 3", "rel=\"next\"");
    }

    @Test
    void manySelectionsAreListedEachWithItsOwnProgress() {
        UUID untouched = freezing.freeze(draft(REPLAY, 2));
        UUID half = freezing.freeze(draft(REPLAY, 2));
        database.sql("update bulk_item set outcome = 'DONE', ended_at = now() where selection = ? and position = 1")
                .param(half).update();
        assertThat(page("/selections"))
                .containsPattern("(?s)%s.*1 done.*%s.*nothing done yet".formatted(half, untouched))
                .containsOnlyOnce("1 done");
    }

    private static Draft draft(String act, int items) {
        return new Draft(act, "key k", ada(), items(items), List.of());
    }

    private static List<BulkItem> items(int count) {
        return IntStream.range(0, count).mapToObj(n -> item("item " + n)).toList();
    }

    private static BulkItem item(String label) {
        return new BulkItem("payment-service", UUID.randomUUID().toString(), label, 1, label);
    }

    private static BulkOrder ada() {
        return new BulkOrder(new Who("ada"), "because");
    }

    private int selections() {
        return database.sql("select count(*) from bulk_selection").query(Integer.class).single();
    }

    private static String more(String page) {
        var link = MORE.matcher(page);
        assertThat(link.find()).as("a link to more").isTrue();
        return link.group(1).replace("&amp;", "&");
    }

    private String page(String path) {
        try {
            return http.get().uri(URI.create(path)).exchange().getResponse().getContentAsString();
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
