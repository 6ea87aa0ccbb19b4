package dev.waybill.order.projections;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which generation of each projection is read, and which slots are written. */
@Repository
public class Generations {

    private final JdbcClient database;

    Generations(JdbcClient database) {
        this.database = database;
    }

    /**
     * How a projection is.
     *
     * @param number of the generation that is read
     * @param filling whether the next one is filled beside it
     * @param rebuiltAt when it took its place; null where it is the first
     */
    record Generation(String projection, long number, boolean filling, @Nullable Instant rebuiltAt) {

        int slot() {
            return slotOf(number);
        }

        int nextSlot() {
            return slotOf(number + 1);
        }

        /** Generations take turns. */
        static int slotOf(long number) {
            return (int) (number % 2);
        }
    }

    /** Where to read a projection now. What is there remains for a while after another slot has taken its place. */
    public int slotOf(String projection) {
        return find(projection).slot();
    }

    Generation find(String projection) {
        return database.sql("select * from projection where name = :name")
                .param("name", projection).query(Generations::generation).single();
    }

    /** As they are, and as they will be until the running transaction has ended. */
    Map<String, Generation> holdStill() {
        return database.sql("select * from projection order by name for share")
                .query(Generations::generation).list().stream()
                .collect(Collectors.toMap(Generation::projection, generation -> generation));
    }

    /** Has what is heard from now on go to the other slot too. One that was not being filled is emptied first. */
    void beginToFill(String projection, long next) {
        Generation generation = findToChange(projection);
        requireNext(generation, next);
        if (!generation.filling()) {
            empty(generation);
            database.sql("update projection set filling = true, leftover_since = null where name = :name")
                    .param("name", projection).update();
        }
    }

    /** What was filled is what is read from now on. */
    void swap(String projection, long next, Instant now) {
        requireNext(findToChange(projection), next);
        database.sql("""
                update projection set generation = generation + 1, filling = false,
                  leftover_since = clock_timestamp(), rebuilt_at = :now::timestamptz
                where name = :name
                """).param("now", now.toString()).param("name", projection).update();
    }

    /** A rebuild that was asked for while another one ended would fill what is being read. */
    private static void requireNext(Generation generation, long next) {
        if (next != generation.number() + 1) {
            throw new IllegalStateException("%s is at generation %d: %d is not the next. Ask for a rebuild once more"
                    .formatted(generation.projection(), generation.number(), next));
        }
    }

    /** What was filled so far is of no use. */
    void giveUp(String projection) {
        database.sql("update projection set filling = false, leftover_since = clock_timestamp() where name = :name")
                .param("name", projection).update();
    }

    /** Those whose other slot holds what nobody has needed for so long. */
    List<String> withLeftovers(Duration forSoLong) {
        return database.sql("""
                select name from projection where not filling
                  and leftover_since < clock_timestamp() - :millis * interval '1 millisecond'
                """).param("millis", forSoLong.toMillis()).query((row, n) -> row.getString(1)).list();
    }

    void emptyLeftovers(String projection) {
        Generation generation = findToChange(projection);
        if (!generation.filling()) {
            empty(generation);
            database.sql("update projection set leftover_since = null where name = :name").param("name", projection)
                    .update();
        }
    }

    private Generation findToChange(String projection) {
        return database.sql("select * from projection where name = :name for no key update")
                .param("name", projection).query(Generations::generation).single();
    }

    private void empty(Generation generation) {
        database.sql("select empty_projection_slot(:name, :slot::smallint)").param("name", generation.projection())
                .param("slot", generation.nextSlot()).query((row, n) -> true).single();
    }

    private static Generation generation(ResultSet row, int number) throws SQLException {
        OffsetDateTime rebuiltAt = row.getObject("rebuilt_at", OffsetDateTime.class);
        return new Generation(
                row.getString("name"),
                row.getLong("generation"),
                row.getBoolean("filling"),
                rebuiltAt == null ? null : rebuiltAt.toInstant());
    }
}
