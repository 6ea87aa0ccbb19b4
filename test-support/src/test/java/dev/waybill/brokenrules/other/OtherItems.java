package dev.waybill.brokenrules.other;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the rules: it is a repository. */
@Repository
public class OtherItems {

    private final JdbcClient database;

    public OtherItems(JdbcClient database) {
        this.database = database;
    }

    public int count() {
        return database.sql("select count(*) from item").query(Integer.class).single();
    }
}
