package dev.waybill.system.auditor.reading;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;

class OutboxesTest {

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-21T18:28:00Z", "2026-11-21T18:28:36.900Z", "2026-11-21T18:28:36.970Z",
            "2026-11-21T18:28:36.979Z", "2026-11-21T18:28:36.979100Z", "2026-11-21T18:28:36.979120Z",
            "2026-11-21T18:28:36.979123Z", "2026-11-21T18:28:36.000001Z"})
    void aRowsTimeIsWrittenAsOnItsRecord(String onTheRecord) {
        LocalDateTime time = LocalDateTime.ofInstant(Instant.parse(onTheRecord), ZoneOffset.UTC);
        // PostgreSQL leaves zeros at the end out.
        String inTheRow = Timestamp.valueOf(time).toString().replaceFirst("\\.?0*$", "");
        assertThat(Outboxes.timeOf(inTheRow)).isEqualTo(onTheRecord);
    }
}
