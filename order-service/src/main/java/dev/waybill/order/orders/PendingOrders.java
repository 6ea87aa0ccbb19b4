package dev.waybill.order.orders;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The orders that wait for something to be done: those of which nobody knows yet how they end, and those that are being cancelled. */
@Repository
class PendingOrders {

    private final JdbcClient database;

    PendingOrders(JdbcClient database) {
        this.database = database;
    }

    /** How many there are, or {@code most} where there are more: no more of them than that are looked at, in an index of their own. */
    int countUpTo(int most) {
        return database.sql(COUNT).param("most", most).query(Integer.class).single();
    }

    static final String COUNT = """
            select count(*) from (select id from orders where status in ('PENDING', 'CANCELLING') order by id limit :most) waiting""";
}
