package dev.waybill.simulators.carrier;

import dev.waybill.simulators.web.Checks;
import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/**
 * Where a parcel goes.
 *
 * @param country two upper-case letters
 */
record Address(String name, String line1, @Nullable String line2, String city, String postalCode, String country) {

    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    Address {
        Checks.text("A name", name, 200);
        Checks.text("An address line", line1, 200);
        if (line2 != null) {
            Checks.text("A second address line", line2, 200);
        }
        Checks.text("A city", city, 100);
        Checks.text("A postal code", postalCode, 20);
        if (country == null || !COUNTRY.matcher(country).matches()) {
            throw new IllegalArgumentException("A country has two upper-case letters, like DE");
        }
    }

    /** Names no person: it is what ends up in logs. */
    @Override
    public String toString() {
        return "an address in " + country;
    }
}
