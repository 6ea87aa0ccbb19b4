package dev.waybill.system.seed;

import dev.waybill.system.auditor.reading.Addresses;

import java.sql.DriverManager;
import java.sql.SQLException;

/** Takes away the table's own checks, which would stop an oversold reservation before anybody saw it. */
final class StockWithoutConstraints {

    private StockWithoutConstraints() {}

    static void in(Addresses addresses) throws SQLException {
        try (var superuser = DriverManager.getConnection(addresses.database("inventory"), "postgres", "waybill");
                var statement = superuser.createStatement()) {
            statement.execute("""
                    alter table stock_item drop constraint stock_item_on_hand_not_negative,
                        drop constraint stock_item_reserved_not_negative,
                        drop constraint stock_item_reserved_is_on_hand
                    """);
        }
    }
}
