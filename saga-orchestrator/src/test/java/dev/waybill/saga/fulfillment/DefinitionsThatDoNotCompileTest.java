package dev.waybill.saga.fulfillment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** A definition in the wrong order, or with a handler for other answers, is refused by the compiler, not by a test. */
class DefinitionsThatDoNotCompileTest {

    private static final String RESERVE = """
            .compensatable("reserve stock", Fulfillment::reserveStock, Fulfillment::stockAnswered,
                    Fulfillment::releaseStock)
            """;
    private static final String BOOK = """
            .compensatable("book shipment", Fulfillment::bookShipment, Fulfillment::shipmentAnswered,
                    Fulfillment::cancelShipment, Fulfillment::cancellationAnswered)
            """;
    private static final String PIVOT = """
            .pivot("capture payment", Fulfillment::capturePayment, Fulfillment::captureAnswered)
            """;
    private static final String RETRIABLE = """
            .retriable("complete", Fulfillment::commitStock, Fulfillment::confirmOrder)
            """;
    private static final String REST = """
            .whenInDoubt(Fulfillment::timedOut)
            .whenRefused("end order", Fulfillment::endOrder)
            """;

    private static final String MORE = """
            .retriable("call back", Fulfillment::cancelShipment, Fulfillment::cancellationAnswered)
            .togetherWith(Fulfillment::releaseStock)
            """;

    @TempDir
    private Path classes;

    @Test
    void inTheRightOrderItCompiles() {
        assertThat(errorsOf(RESERVE + BOOK + PIVOT + RETRIABLE + REST)).isEmpty();
    }

    @Test
    void whatIsRetriedMayHaveSeveralStages() {
        assertThat(errorsOf(RESERVE + PIVOT + MORE + RETRIABLE + REST)).isEmpty();
        assertThat(errorsOf(RESERVE + PIVOT + RETRIABLE + MORE + REST)).isEmpty();
    }

    @Test
    void aStepThatCanBeUndoneDoesNotComeBetweenTheStagesThatFollowThePivot() {
        assertThat(errorsOf(PIVOT + RETRIABLE + RESERVE + MORE + REST)).contains("method compensatable")
                .contains("Doubtful");
    }

    @Test
    void thePivotDoesNotComeBetweenTheStagesThatFollowIt() {
        assertThat(errorsOf(PIVOT + RETRIABLE + PIVOT + MORE + REST)).contains("method pivot").contains("Doubtful");
    }

    @Test
    void theHandlerOfWhatIsRetriedFitsTheCommand() {
        String handlerOfPayments = """
                .retriable("call back", Fulfillment::cancelShipment, Fulfillment::paymentAnswered)
                """;
        assertThat(errorsOf(RESERVE + PIVOT + handlerOfPayments + REST)).contains("CancellationAnswer");
    }

    @Test
    void nothingIsSentTogetherWithAStepThatCanBeUndone() {
        String together = ".togetherWith(Fulfillment::releaseStock)";
        assertThat(errorsOf(RESERVE + together + PIVOT + RETRIABLE + REST)).contains("method togetherWith");
        assertThat(errorsOf(RESERVE + PIVOT + together + RETRIABLE + REST)).contains("method togetherWith");
    }

    @Test
    void aStepThatCanBeUndoneDoesNotFollowThePivot() {
        assertThat(errorsOf(PIVOT + RESERVE + RETRIABLE + REST)).contains("method compensatable")
                .contains("AfterPivot");
    }

    @Test
    void thereIsOnePivot() {
        assertThat(errorsOf(RESERVE + PIVOT + PIVOT + RETRIABLE + REST)).contains("method pivot")
                .contains("AfterPivot");
    }

    @Test
    void thereIsAPivot() {
        assertThat(errorsOf(RESERVE + REST)).contains("method whenInDoubt").contains("BeforePivot");
    }

    @Test
    void nothingIsRetriedForEverBeforeThePivot() {
        assertThat(errorsOf(RESERVE + RETRIABLE + PIVOT + REST)).contains("method retriable").contains("BeforePivot");
    }

    @Test
    void itTellsWhatBecomesOfARefusal() {
        assertThat(errorsOf(RESERVE + PIVOT + RETRIABLE)).contains("Doubtful").contains("Saga");
    }

    @Test
    void anAnswersHandlerFitsTheCommand() {
        String handlerOfPayments = """
                .compensatable("reserve stock", Fulfillment::reserveStock, Fulfillment::paymentAnswered,
                        Fulfillment::releaseStock)
                """;
        assertThat(errorsOf(handlerOfPayments + PIVOT + RETRIABLE + REST)).contains("AuthorizationAnswer")
                .contains("ReservationAnswer");
    }

    @Test
    void theUndosHandlerFitsTheUndo() {
        String handlerOfTheAction = """
                .compensatable("book shipment", Fulfillment::bookShipment, Fulfillment::shipmentAnswered,
                        Fulfillment::cancelShipment, Fulfillment::shipmentAnswered)
                """;
        assertThat(errorsOf(handlerOfTheAction + PIVOT + RETRIABLE + REST)).contains("CancellationAnswer");
    }

    @Test
    void aHandlerThatTakesOnlyTheGoodAnswerDoesNotFit() {
        String goodNewsOnly = """
                .pivot("capture payment", Fulfillment::capturePayment,
                    (Fulfillment data, dev.waybill.events.PaymentEvent.PaymentCaptured answer) -> StepResult.done(data))
                """;
        assertThat(errorsOf(RESERVE + goodNewsOnly + RETRIABLE + REST)).contains("incompatible");
    }

    private String errorsOf(String steps) {
        String source = """
                package dev.waybill.saga.fulfillment;

                import dev.waybill.saga.engine.Saga;
                import dev.waybill.saga.engine.StepResult;

                class Snippet {
                    static final Saga<Fulfillment> DEFINITION = Saga.named("snippet", 1, Fulfillment.class)
                            %s;
                }
                """.formatted(steps);
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "this is no JDK");
        var problems = new DiagnosticCollector<JavaFileObject>();
        List<String> options = List.of(
                "-d", classes.toString(), "-proc:none", "-classpath", System.getProperty("java.class.path"));
        compiler.getTask(null, null, problems, options, null, List.of(new Source(source))).call();
        return problems.getDiagnostics().stream().filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .map(problem -> problem.getMessage(Locale.ROOT)).collect(Collectors.joining("\n"));
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///dev/waybill/saga/fulfillment/Snippet.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
