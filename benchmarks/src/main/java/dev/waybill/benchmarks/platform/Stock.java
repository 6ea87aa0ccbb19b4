package dev.waybill.benchmarks.platform;

import dev.waybill.benchmarks.load.OrderForms;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Pieces of everything that is ordered, so many that no order is refused. Booked as an adjustment, so that books stay right. */
public final class Stock {

    private static final int ENOUGH = 100_000_000;
    private static final String FILL_UP = """
            with item as (
                update stock_item set on_hand = on_hand + ?, version = version + 1 where sku = ? and on_hand < ?
                returning sku, version, on_hand, reserved)
            insert into stock_movement (sku, version, at, kind, quantity, on_hand, reserved, reason)
            select sku, version, now(), 'ADJUST', ?, on_hand, reserved, 'benchmark' from item""";

    private Stock() {}

    public static void fillUp(Databases databases) throws SQLException {
        try (Connection connection = databases.connect("inventory");
                PreparedStatement statement = connection.prepareStatement(FILL_UP)) {
            for (String sku : OrderForms.SKUS) {
                statement.setInt(1, ENOUGH);
                statement.setString(2, sku);
                statement.setInt(3, ENOUGH);
                statement.setInt(4, ENOUGH);
                statement.executeUpdate();
            }
        }
    }
}
