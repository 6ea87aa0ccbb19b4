package dev.waybill.saga.running;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Refuses to start under definitions with which a saga that runs could not go on: its version is not there, or a step that it
 * has taken is not. Otherwise it would be found out message by message, each of them parked. It looks before anything is
 * consumed, once, and only at sagas that have not finished.
 */
@Repository
class Preflight implements InitializingBean {

    private static final int NAMED = 5;

    static final String CALLS_OF_THE_UNFINISHED = """
            select type, definition_version, call ->> 'kind' as kind, call ->> 'step' as step,
                   (call ->> 'part')::int as part, count(distinct id) as sagas,
                   (array_agg(distinct id::text))[1:%d] as some
            from saga cross join lateral jsonb_array_elements(calls) as call
            where status not in ('COMPLETED', 'COMPENSATED')
            group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5""".formatted(NAMED);

    /** Calls that some sagas have made, the same step under the same definition. */
    private record Made(String type, int version, String kind, String step, int part, long sagas, List<String> some) {}

    private final JdbcClient database;
    private final Definitions definitions;

    Preflight(JdbcClient database, Definitions definitions) {
        this.database = database;
        this.definitions = definitions;
    }

    /** @throws CannotGoOnException when a saga could not go on */
    @Override
    public void afterPropertiesSet() {
        List<String> problems = made().stream().filter(made -> !isKnown(made)).map(this::problem).distinct().toList();
        if (!problems.isEmpty()) {
            throw new CannotGoOnException(problems);
        }
    }

    private List<Made> made() {
        return database.sql(CALLS_OF_THE_UNFINISHED).query(Preflight::read).list();
    }

    private static Made read(ResultSet row, int number) throws SQLException {
        Array some = row.getArray("some");
        return new Made(row.getString("type"), row.getInt("definition_version"), row.getString("kind"),
                row.getString("step"), row.getInt("part"), row.getLong("sagas"),
                Arrays.asList((String[]) some.getArray()));
    }

    private boolean isKnown(Made made) {
        return definitions.knows(made.type(), made.version(), made.kind(), made.step(), made.part());
    }

    private String problem(Made made) {
        String definition = "%s, version %d,".formatted(made.type(), made.version());
        String sagas = "(%d of them: %s%s)".formatted(made.sagas(), String.join(", ", made.some()),
                made.sagas() > made.some().size() ? " and others" : "");
        return definitions.knows(made.type(), made.version())
                ? "Sagas that have not finished have called part %d of '%s' (%s), which %s does not have here %s"
                        .formatted(made.part(), made.step(), made.kind(), definition, sagas)
                : "Sagas that have not finished run under %s which is not known here %s".formatted(definition, sagas);
    }

    /** The start is refused. */
    static final class CannotGoOnException extends IllegalStateException {
        CannotGoOnException(List<String> problems) {
            super(problems.stream().collect(Collectors.joining("; ", "",
                    """
                            . Start a version of this service that knows them, and let these sagas finish, or resolve them, there. \
                            A definition whose steps change gets a new version, and the old one stays until none runs under it""")));
        }
    }
}
