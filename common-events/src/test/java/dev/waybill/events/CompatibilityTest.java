package dev.waybill.events;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A schema that is changed in one place: what goes together with the old one, and what is said of what does not. */
class CompatibilityTest {

    private static final String OLD = """
            {
              "type": "object",
              "required": ["orderId", "amount", "lines"],
              "properties": {
                "orderId": {"type": "string", "format": "uuid"},
                "amount": {"$ref": "#/$defs/money"},
                "lines": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/line"}},
                "reason": {"type": "string", "x-open-enum": true, "enum": ["A", "B"]},
                "kind": {"type": "string", "enum": ["X", "Y"]},
                "note": {"type": "string", "maxLength": 100, "x-personal-data": true}
              },
              "$defs": {
                "money": {"type": "object", "required": ["amountMinor"], "properties": {"amountMinor": {"type": "integer", "minimum": 0}}},
                "line": {"type": "object", "required": ["sku"], "properties": {"sku": {"type": "string", "pattern": "^[A-Z]+$"}}}
              }
            }
            """;

    @Test
    void theSameGoesTogether() {
        assertThat(breaksWhen("none", "none")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            an optional property          | "note": {          | "colour": {"type": "string"}, "note": {
            an optional property in a list | {"sku": {         | {"colour": {"type": "string"}, "sku": {
            a value where they are open   | ["A", "B"]         | ["A", "B", "C"]
            a description                 | "type": "object"   | "description": "new", "type": "object"
            """)
    void whatMayBeAdded(String what, String old, String now) {
        assertThat(breaksWhen(old, now)).as(what).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    "note": {                                 | "remark": {                                  | /note is gone, or is now called one of [remark]
                    "properties": {"sku": {                   | "properties": {"article": {                  | /lines/*/sku is gone, or is now called one of [article]
                    "orderId": {"type": "string", "format": "uuid"}, |                                       | /orderId is gone
                    "amountMinor": {"type": "integer"         | "amountMinor": {"type": "number"             | /amount/amountMinor was of type integer and is of type number
                    ["orderId", "amount", "lines"]            | ["orderId", "amount", "lines", "note"]       | /note was optional and is required
                    ["orderId", "amount", "lines"]            | ["orderId", "amount"]                        | /lines was required and is optional
                    "required": ["sku"]                       | "required": ["sku", "size"]                  | /lines/*/size is new and required
                    "maxLength": 100                          | "maxLength": 50                              | /note had maxLength 100 and has 50
                    "maxLength": 100                          | "maxLength": 200                             | /note had maxLength 100 and has 200
                    "minItems": 1,                            |                                              | /lines had minItems 1 and has none
                    "^[A-Z]+$"                                | "^[A-Z]{3}$"                                 | /lines/*/sku had pattern
                    "minimum": 0                              | "minimum": 1                                 | /amount/amountMinor had minimum 0 and has 1
                    ["A", "B"]                                | ["A"]                                        | /reason does not know B any more
                    ["X", "Y"]                                | ["X", "Y", "Z"]                              | /kind may now be Z, but is not marked as open
                    "x-open-enum": true,                      |                                              | /reason is not marked x-open-enum as it was
                    "kind": {                                 | "kind": {"x-open-enum": true,                | /kind is not marked x-open-enum as it was
                    , "x-personal-data": true                 |                                              | /note is not marked x-personal-data as it was
                    """)
    void whatBreaksIsNamed(String old, String now, String sentence) {
        assertThat(breaksWhen(old, now == null ? "" : now)).singleElement().asString().startsWith(sentence)
                .endsWith(".");
    }

    @Test
    void aDefinitionOfAnotherNameIsNoDifference() {
        String renamed = OLD.replace("\"money\"", "\"amount\"").replace("defs/money", "defs/amount");

        assertThat(Compatibility.breaksBetween(Json.tree(OLD), Json.tree(renamed))).isEmpty();
    }

    private static List<String> breaksWhen(String old, String now) {
        JsonNode changed = Json.tree(OLD.replace(old, now));
        return Compatibility.breaksBetween(Json.tree(OLD), changed);
    }
}
