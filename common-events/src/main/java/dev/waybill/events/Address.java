package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/**
 * Where a parcel goes. Personal data: it travels only in messages whose schema marks it so.
 *
 * @param country two upper-case letters, as in ISO 3166-1 alpha-2; whether anybody delivers there is the carrier's word
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Address(
        String name, String line1, @Nullable String line2, String city, String postalCode, String country) {

    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    public Address {
        Text.required("A name", name, 200);
        Text.required("An address line", line1, 200);
        if (line2 != null) {
            Text.required("A second address line", line2, 200);
        }
        Text.required("A city", city, 100);
        Text.required("A postal code", postalCode, 20);
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
