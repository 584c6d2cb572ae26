package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * When a series is on air.
 *
 * @param days weekdays as they are shown
 * @param time such as {@code 21:00}; empty when unknown
 */
record Airing(List<String> days, String time) {
    static final Airing NONE = new Airing(List.of(), "");

    Airing {
        days = List.copyOf(days);
    }

    static Airing of(JsonNode document) {
        List<String> days = new ArrayList<>();
        document.path("AirDays").forEach(day -> days.add(day.asText().intern()));
        return new Airing(days, document.path("AirTime").asText("").intern());
    }
}
