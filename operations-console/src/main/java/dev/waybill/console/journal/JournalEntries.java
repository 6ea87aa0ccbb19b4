package dev.waybill.console.journal;

import dev.waybill.defaults.paging.Moment;
import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The journal's rows. They are added and ended, and never changed otherwise or removed. */
@Repository
class JournalEntries {

    private static final RowMapper<Entry> ENTRY = (row, n) -> new Entry(row.getObject("id", UUID.class),
            row.getObject("at", OffsetDateTime.class).toInstant(), row.getString("who"), row.getString("what"),
            new About(About.Kind.valueOf(row.getString("about_kind")), row.getString("about_id"),
                    row.getObject("order_id", UUID.class)),
            row.getString("reason"), Optional.ofNullable(row.getString("outcome")).map(Outcome::valueOf).orElse(null),
            row.getString("detail"),
            Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant)
                    .orElse(null));

    private final JdbcClient database;

    JournalEntries(JdbcClient database) {
        this.database = database;
    }

    void add(UUID id, Instant at, String who, String what, About about, String reason) {
        database.sql(
                """
                        insert into journal (id, at, who, what, about_kind, about_id, reason, order_id) values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(id, at.atOffset(ZoneOffset.UTC), who, what, about.kind().name(), about.id(), reason)
                .param(about.order()).update();
    }

    /** Once: what is ended stays as it is. */
    void end(UUID id, Instant at, Outcome outcome, String detail) {
        database.sql("update journal set outcome = ?, detail = ?, ended_at = ? where id = ? and outcome is null")
                .params(outcome.name(), detail, at.atOffset(ZoneOffset.UTC), id).update();
    }

    Page<Entry> newest(PageRequest request) {
        Optional<Moment> after = request.after(Moment::parse);
        var statement = after
                .map(moment -> database
                        .sql("select * from journal where (at, id) < (?, ?) order by at desc, id desc limit ?")
                        .params(moment.at().atOffset(ZoneOffset.UTC), moment.id(), request.fetchSize()))
                .orElseGet(() -> database.sql("select * from journal order by at desc, id desc limit ?")
                        .param(request.fetchSize()));
        return request.page(statement.query(ENTRY).list(), entry -> new Moment(entry.at(), entry.id()));
    }

    List<Entry> about(About about, int most) {
        return database.sql("""
                select * from journal where about_kind = ? and about_id = ? order by at desc, id desc limit ?
                """).params(about.kind().name(), about.id(), most).query(ENTRY).list();
    }

    /** Selections are about the orders of their items: a queue is an order's, or a subscription's and an order's. */
    List<Entry> ofOrder(UUID order, int most) {
        return database
                .sql("""
                        select * from journal where order_id = :order
                        union
                        select j.* from bulk_item i join journal j on j.about_kind = 'SELECTION' and j.about_id = i.selection::text
                        where right(i.queue, 36) = :order::text
                        order by at desc, id desc limit :most
                        """)
                .param("order", order).param("most", most).query(ENTRY).list();
    }
}
