package dev.waybill.probe;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.sql.BatchUpdateException;
import java.sql.SQLException;

/** Fails with faults that quote a customer, as a database's and Jackson's do. */
@RestController
@RequestMapping("/quoting")
class QuotingController {

    static final String CUSTOMER = "Zebulon Quagmire <zebulon.quagmire@example.com>";

    @GetMapping("/database")
    String database() {
        String row = "Failing row contains (%s)".formatted(CUSTOMER);
        throw new DataIntegrityViolationException(row, new SQLException("ERROR: check \"known\"\n" + row, "23514"));
    }

    @GetMapping("/busy")
    String busy() {
        String statement = "update thing set name = ('%s') was aborted: deadlock".formatted(CUSTOMER);
        throw new CannotAcquireLockException(statement, new BatchUpdateException(statement, "40P01", new int[0]));
    }

    @GetMapping("/json")
    String json() {
        throw new IllegalStateException("Not read: " + CUSTOMER, unreadable());
    }

    static JacksonException unreadable() {
        try {
            JsonMapper.shared().readTree("{\"name\": %s}".formatted(CUSTOMER));
            throw new AssertionError("It was read");
        } catch (JacksonException e) {
            return e;
        }
    }
}
