package dev.waybill.platform;

import dev.waybill.platform.client.LoadCommand;
import dev.waybill.platform.client.OrderCommand;
import dev.waybill.platform.client.Scenario;
import dev.waybill.platform.client.Token;
import dev.waybill.platform.process.PlatformFailure;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The command line behind {@code ./demo}. Exit codes: 0 it is so, or was done; 1 it is not, or could not be done; 2 the command
 * line was not understood.
 */
public final class Demo {

    private static final int FAILED = 1;
    private static final int NOT_UNDERSTOOD = 2;

    private static final String HELP = """
            ./demo [start]            builds what is not built, starts everything, stays until Ctrl-C
            ./demo start --detach     the same, and returns when it is ready (or has failed)
            ./demo status             a table of the processes; exit code 0 only if all are up
            ./demo stop               stops everything
            ./demo order [options]    plays a scenario with an order of its own, step by step
                --scenario NAME         one of: {scenarios}
                --sku SKU --quantity N --payment METHOD --country CC --customer NAME
            ./demo load [options]     places orders at a steady rate
                --rate R                orders a second (default 5)
                --seconds S             for how long (default 30)
            ./demo kill NAME          kill -9 of one process, started again by itself
                --for SECONDS           after that time (default 10)
            ./demo upgrade NAME       one service is stopped in order, and started as it was built last; the others go on
                --set-back SECONDS      and reads again what it has read in that time
            ./demo logs NAME          the end of a process's log
                --lines N               how much of it (default 200)
                --follow                and what is added to it
            ./demo token NAME         a bearer token for a customer, not checked by anybody yet
                --operator              for an operator
            ./demo audit [options]    judges whether every invariant holds, while all goes on; exit code 0 only if so
                --watch SECONDS         goes on judging what is new
            ./demo reset              stops everything and wipes the data

            NAME is postgres, kafka, simulators or a service's module, such as payment-service.
            WAYBILL_DATA_DIR (default .demo), WAYBILL_PORT_OFFSET (default 0, added to every port): another platform beside this one.
            WAYBILL_NO_BUILD=1: nothing is built. WAYBILL_NO_TRAINING=1: the next start is not made faster in the background.
            WAYBILL_PARCELS_WAIT=1: the carrier moves no parcel by itself.
            WAYBILL_JAVA_OPTS: added to every service's JVM.
            """;

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;

    Demo(PrintStream out, PrintStream err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    public static void main(String[] args) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
        System.exit(new Demo(out, err, System.getenv()).run(args));
    }

    int run(String... args) {
        try {
            return dispatch(args.length == 0 ? "start" : args[0],
                    Arrays.asList(args).subList(Math.min(1, args.length), args.length));
        } catch (UsageFailure e) {
            err.println(e.getMessage());
            err.println("`./demo help` shows what there is.");
            return NOT_UNDERSTOOD;
        } catch (PlatformFailure e) {
            err.println(e.getMessage());
            return FAILED;
        } catch (IOException e) {
            err.println("A file could not be read or written: " + e);
            return FAILED;
        } catch (UncheckedIOException e) {
            err.println("A file could not be read or written, or a program not be run: " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private int dispatch(String command, List<String> words) throws IOException, InterruptedException {
        var arguments = new Arguments(command, words);
        return switch (command) {
            case "start" -> start(arguments);
            case "status" -> new StatusCommand(plain(arguments), out).run();
            case "stop" -> new StopCommand(plain(arguments), out).run();
            case "reset" -> new StopCommand(plain(arguments), out).reset();
            case "kill" -> kill(arguments);
            case "upgrade" -> upgrade(arguments);
            case "logs" -> logs(arguments);
            case "token" -> token(arguments);
            case "order" -> order(arguments);
            case "load" -> load(arguments);
            case "audit" -> new AuditCommand(settings(), out).run(words);
            case "help", "--help", "-h" -> help();
            default -> throw new UsageFailure(command.startsWith("-")
                    ? "./demo does not know '%s'.".formatted(command)
                    : "There is no command '%s'.".formatted(command));
        };
    }

    private Settings plain(Arguments arguments) {
        arguments.nothingElse();
        return settings();
    }

    private Settings settings() {
        return Settings.from(environment);
    }

    private int help() {
        out.print(HELP.replace("{scenarios}", String.join(", ", Scenario.names())));
        return 0;
    }

    private int start(Arguments arguments) throws IOException, InterruptedException {
        boolean detach = arguments.flag("--detach");
        boolean inBackground = arguments.flag("--in-background");
        Settings settings = plain(arguments);
        return detach ? new DetachedStart(settings, out).run() : new StartCommand(settings, out, inBackground).run();
    }

    private int kill(Arguments arguments) throws InterruptedException {
        int seconds = arguments.number("--for", 10, 0, 86_400);
        String name = arguments.name("the NAME of a process");
        return new KillCommand(plain(arguments), out).run(name, Duration.ofSeconds(seconds));
    }

    private int upgrade(Arguments arguments) throws InterruptedException {
        int seconds = arguments.number("--set-back", 0, 1, 86_400);
        String name = arguments.name("the NAME of a service");
        return new UpgradeCommand(plain(arguments), out).run(name, Duration.ofSeconds(seconds));
    }

    private int logs(Arguments arguments) throws IOException, InterruptedException {
        int lines = arguments.number("--lines", 200, 1, 100_000);
        boolean follow = arguments.flag("--follow");
        String name = arguments.name("the NAME of a process");
        return new LogsCommand(plain(arguments), out).run(name, lines, follow);
    }

    private int token(Arguments arguments) {
        boolean operator = arguments.flag("--operator");
        String name = arguments.name("a NAME");
        Settings settings = plain(arguments);
        out.println(Token.of(name, operator, new Platform(settings).simulatorsUrl(), Clock.systemUTC()));
        return 0;
    }

    private int order(Arguments arguments) throws InterruptedException {
        Optional<String> scenario = arguments.option("--scenario");
        Scenario chosen = Scenario.named(scenario.orElse("happy"))
                .orElseThrow(() -> new UsageFailure("There is no scenario '%s'. There are:%n%s"
                        .formatted(scenario.orElse(""), Scenario.table())));
        var order = chosen.order().with(arguments.option("--sku"), arguments.option("--quantity"),
                arguments.option("--payment"), arguments.option("--country"), arguments.option("--customer"));
        Settings settings = plain(arguments);
        var where = new OrderCommand.Where(Platform.Service.ORDER.url(settings), Platform.Service.PAYMENT.url(settings),
                Platform.Service.SHIPPING.url(settings), Platform.Service.SAGA.url(settings),
                new Platform(settings).simulatorsUrl());
        return new OrderCommand(where, out).run(chosen.with(order));
    }

    private int load(Arguments arguments) throws InterruptedException {
        int rate = arguments.number("--rate", 5, 1, 2_000);
        int seconds = arguments.number("--seconds", 30, 1, 3_600);
        Settings settings = plain(arguments);
        return new LoadCommand(Platform.Service.ORDER.url(settings), out).run(rate, seconds);
    }
}
