package dev.waybill.defaults.logging;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpClientErrorException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Of a fault that quotes a customer a log has the kind and the place; of any other all that it says. */
class FaultInLogTest {

    private static final String CUSTOMER = "Zebulon Quagmire <zebulon.quagmire@example.com>";

    record Customer(String mail) {
        Customer {
            if (mail.contains("@")) {
                throw new IllegalArgumentException(mail + " is not to be mailed");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("thoseThatQuote")
    void neitherItNorWhatWrapsItQuotesTheCustomer(Throwable fault) {
        for (Throwable wrapped : new Throwable[]{fault, new IllegalStateException("Not done: " + fault, fault)}) {
            Throwable told = FaultInLog.of(wrapped);
            assertThat(printed(wrapped)).containsIgnoringCase("zebulon");
            assertThat(printed(told) + told).doesNotContainIgnoringCase("zebulon").doesNotContain("Quagmire")
                    .contains(fault.getClass().getSimpleName());
        }
    }

    static Stream<Throwable> thoseThatQuote() {
        var suppressing = new IllegalStateException("The transaction was not rolled back either");
        suppressing.addSuppressed(unreadable(CUSTOMER));
        return Stream.of(unreadable(CUSTOMER), unreadable("{\"mail\": %s}".formatted(CUSTOMER)),
                unreadable("{\"mail\": \"%s\"}".formatted(CUSTOMER)), notUnique(),
                new DuplicateKeyException("could not execute [%s]".formatted(notUnique().getMessage()), notUnique()),
                new SQLException("ERROR: invalid input syntax for type uuid: \"%s\"".formatted(CUSTOMER), "22P02"),
                new BatchUpdateException("Batch entry 0 update orders set customer = ('%s') was aborted: deadlock"
                        .formatted(CUSTOMER), "40P01", new int[0]),
                HttpClientErrorException.create("400 Bad Request: \"%s\"".formatted(CUSTOMER), HttpStatus.BAD_REQUEST,
                        "Bad Request", HttpHeaders.EMPTY, new byte[0], StandardCharsets.UTF_8),
                suppressing);
    }

    @Test
    void itSaysWhereInTheTextAndWhereInTheProgram() {
        JacksonException fault = unreadable("{\"mail\": \"%s\"}".formatted(CUSTOMER));

        Throwable told = FaultInLog.of(fault);

        assertThat(told).hasMessage("Told without its words: ValueInstantiationException at line 1, column %d, by %s"
                .formatted(fault.getLocation().getColumnNr(), "IllegalArgumentException"));
        assertThat(told.getStackTrace()[0].getClassName()).isEqualTo(Customer.class.getName());
    }

    @Test
    void itNamesTheConstraint() {
        assertThat(FaultInLog.of(new DuplicateKeyException("not unique", notUnique())).getMessage())
                .endsWith("DuplicateKeyException, by SQLException: "
                        + "ERROR: duplicate key value violates unique constraint \"customer_mail\"");
    }

    @Test
    void whatQuotesNothingIsToldAsItIs() {
        Stream.of(new IllegalStateException("not now", new ConnectException("refused")),
                new SQLException("connection lost", "08006"), new SQLException("the pool is closed"),
                new SQLException("column x does not exist", "42703"))
                .forEach(fault -> assertThat(FaultInLog.of(fault)).isSameAs(fault));
    }

    @Test
    void aFaultThatIsItsOwnCauseIsToldToo() {
        var outer = new IllegalStateException(CUSTOMER);
        outer.initCause(new IllegalArgumentException(CUSTOMER, outer));
        assertThat(FaultInLog.of(outer)).isSameAs(outer);

        outer.addSuppressed(notUnique());
        assertThat(FaultInLog.of(outer))
                .hasMessage("Told without its words: IllegalStateException, by IllegalArgumentException");
    }

    private static SQLException notUnique() {
        return new SQLException("""
                ERROR: duplicate key value violates unique constraint "customer_mail"
                  Detail: Key (mail)=(%s) already exists.""".formatted(CUSTOMER), "23505");
    }

    private static JacksonException unreadable(String json) {
        return catchThrowableOfType(JacksonException.class,
                () -> JsonMapper.builder().build().readValue(json, Customer.class));
    }

    private static String printed(Throwable fault) {
        var text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
