package dev.waybill.system.api;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A description that is changed in one place: what callers get along with, and what is said of what they do not. */
class ApiCompatibilityTest {

    private static final String OLD = """
            {"paths": {
               "/orders": {
                 "post": {
                   "parameters": [{"name": "Idempotency-Key", "in": "header", "required": true, "schema": {"type": "string", "maxLength": 255}},
                                  {"name": "dryRun", "in": "query", "schema": {"type": "boolean"}}],
                   "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Request"}}}},
                   "responses": {"202": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/View"}}}}}
                 },
                 "get": {"responses": {"200": {"content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/View"}}}}}}}
               }},
             "components": {"schemas": {
               "Request": {"type": "object", "required": ["sku"], "properties": {
                 "sku": {"type": "string", "pattern": "[A-Z]+"}, "quantity": {"type": "integer", "minimum": 1}, "speed": {"type": "string", "enum": ["SLOW", "FAST"]}}},
               "View": {"type": "object", "properties": {"id": {"type": "string"}, "status": {"type": "string", "enum": ["NEW"]}}}
             }}}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nothing                     | nothing
            "/orders": {                | "/returns": {"get": {}}, "/orders": {
            "sku": {"type"              | "gift": {"type": "boolean"}, "sku": {"type"
            "id": {"type"               | "number": {"type": "string"}, "id": {"type"
            ["NEW"]                     | ["NEW", "OLD"]
            "maxLength": 255            | "maxLength": 300
            "minimum": 1                | "minimum": 0
            "responses": {"202"         | "responses": {"409": {}, "202"
            ["SLOW", "FAST"]            | ["SLOW", "FAST", "EXPRESS"]
            """)
    void callersGetAlongWith(String old, String now) {
        assertThat(breaksWhen(old, now)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    "get": {"responses"         | "put": {"responses"         | GET /orders is gone
                    "name": "dryRun"            | "name": "rehearse"          | POST /orders does not take the query parameter dryRun any more
                    "in": "query", "schema"     | "in": "query", "required": true, "schema" | POST /orders wants the query parameter dryRun, which could be left out
                    "maxLength": 255            | "maxLength": 36             | POST /orders, the header parameter Idempotency-Key has a smaller maxLength
                    "quantity": {               | "pieces": {                 | POST /orders, body, does not know the field quantity any more
                    ["sku"]                     | ["sku", "quantity"]         | POST /orders, body, wants the field quantity, which could be left out
                    "minimum": 1                | "minimum": 2                | POST /orders, body, quantity has a greater minimum
                    "[A-Z]+"                    | "[A-Z]{3}"                  | POST /orders, body, sku has another pattern
                    ["SLOW", "FAST"]            | ["FAST"]                    | POST /orders, body, speed does not take SLOW any more
                    {"202"                      | {"200"                      | POST /orders does not answer 202 any more
                    "quantity": {"type": "integer" | "quantity": {"type": "string" | POST /orders, body, quantity was of type [integer] and is of type [string]
                    "status": {                 | "state": {                  | POST /orders, answer 202, has no field status any more
                    "id": {"type": "string"     | "id": {"type": "integer"    | POST /orders, answer 202, id was of type [string] and is of type [integer]
                    """)
    void aBreakIsNamed(String old, String now, String sentence) {
        assertThat(breaksWhen(old, now)).anySatisfy(found -> assertThat(found).startsWith(sentence));
    }

    private static List<String> breaksWhen(String old, String now) {
        JsonMapper json = JsonMapper.shared();
        return ApiCompatibility.breaksBetween(json.readTree(OLD), json.readTree(OLD.replace(old, now)));
    }
}
