package org.embygateway.protocol.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.Pattern;

/** Walks a JSON value beside its schema. Emby leaves absent values out, so a null is a fault. */
final class SchemaWalk {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z");

    private final JsonNode document;
    private final ApiReport report;

    SchemaWalk(JsonNode document, ApiReport report) {
        this.document = document;
        this.report = report;
    }

    void walk(String place, JsonNode declared, JsonNode value) {
        JsonNode schema = resolved(declared);
        if (value.isNull()) {
            report.fault(place, "null (Emby leaves the property out)");
            return;
        }
        if (schema.has("enum")) {
            checkEnum(place, schema, value);
            return;
        }
        switch (schema.path("type").asText("")) {
            case "object" -> object(place, schema, value);
            case "array" -> array(place, schema, value);
            case "string" -> string(place, schema, value);
            case "integer" -> integer(place, schema, value);
            case "number" -> expect(place, value.isNumber(), "a number", value);
            case "boolean" -> expect(place, value.isBoolean(), "true or false", value);
            default -> {
                // Nothing is declared: anything goes.
            }
        }
    }

    private JsonNode resolved(JsonNode schema) {
        JsonNode at = schema;
        while (at.has("$ref")) {
            at = document.at(at.get("$ref").asText().substring(1));
        }
        return at;
    }

    private boolean expect(String place, boolean met, String wanted, JsonNode value) {
        if (!met) {
            report.fault(place, "expected " + wanted + ", got " + shown(value));
        }
        return met;
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    private void checkEnum(String place, JsonNode schema, JsonNode value) {
        for (JsonNode allowed : schema.get("enum")) {
            if (allowed.equals(value)) {
                return;
            }
        }
        report.fault(place, "unknown value " + shown(value) + ", allowed: " + schema.get("enum"));
    }

    private void object(String place, JsonNode schema, JsonNode value) {
        if (!expect(place, value.isObject(), "an object", value)) {
            return;
        }
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asText())) {
                report.fault(place, "misses " + required.asText());
            }
        }
        JsonNode properties = schema.path("properties");
        JsonNode others = schema.path("additionalProperties");
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            String name = place + "." + entry.getKey();
            if (properties.has(entry.getKey())) {
                walk(name, properties.get(entry.getKey()), entry.getValue());
            } else if (others.isObject()) {
                walk(place + ".*", others, entry.getValue());
            } else {
                report.unknown(name);
            }
        }
    }

    private void array(String place, JsonNode schema, JsonNode value) {
        if (expect(place, value.isArray(), "an array", value) && schema.has("items")) {
            value.forEach(member -> walk(place + "[]", schema.get("items"), member));
        }
    }

    private void string(String place, JsonNode schema, JsonNode value) {
        if (expect(place, value.isTextual(), "a text", value)
                && schema.path("format").asText().equals("date-time")
                && !DATE.matcher(value.asText()).matches()) {
            report.fault(place, "no date with seven digits of a second: " + shown(value));
        }
    }

    private void integer(String place, JsonNode schema, JsonNode value) {
        boolean small = schema.path("format").asText().equals("int32");
        boolean fits = value.isIntegralNumber() && (small ? value.canConvertToInt() : value.canConvertToLong());
        expect(place, fits, small ? "a 32-bit integer" : "a 64-bit integer", value);
    }
}
