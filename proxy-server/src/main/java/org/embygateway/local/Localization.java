package org.embygateway.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.route.Call;
import org.embygateway.route.Reply;

/**
 * Languages, countries and ratings to choose from, in English, from the runtime's own tables.
 *
 * <p>Emby API: LocalizationService.
 */
public final class Localization {
    /** Where the bibliographic code differs from the terminological one, Emby names it first. */
    private static final Map<String, String> BIBLIOGRAPHIC = Map.ofEntries(
            Map.entry("sqi", "alb"),
            Map.entry("hye", "arm"),
            Map.entry("eus", "baq"),
            Map.entry("mya", "bur"),
            Map.entry("zho", "chi"),
            Map.entry("ces", "cze"),
            Map.entry("nld", "dut"),
            Map.entry("fra", "fre"),
            Map.entry("kat", "geo"),
            Map.entry("deu", "ger"),
            Map.entry("ell", "gre"),
            Map.entry("isl", "ice"),
            Map.entry("mkd", "mac"),
            Map.entry("mri", "mao"),
            Map.entry("msa", "may"),
            Map.entry("fas", "per"),
            Map.entry("ron", "rum"),
            Map.entry("slk", "slo"),
            Map.entry("bod", "tib"),
            Map.entry("cym", "wel"));

    private static final List<String> DISPLAY_LANGUAGES = List.of(
            "ar", "bg-bg", "ca", "cs", "da", "de", "el", "en-gb", "en-us", "es", "es-mx", "fi", "fr", "fr-ca", "he",
            "hr", "hu", "it", "ja", "ko", "lt-lt", "nb", "nl", "pl", "pt-br", "pt-pt", "ro", "ru", "sk", "sl-si", "sv",
            "tr", "uk", "vi", "zh-cn", "zh-hk", "zh-tw");

    private static final Map<String, Integer> RATINGS = ratings();

    private final ArrayNode cultures = cultures();
    private final ArrayNode countries = countries();
    private final ArrayNode options = options();

    private static Map<String, Integer> ratings() {
        Map<String, Integer> all = new LinkedHashMap<>();
        rated(all, 1, "TV-Y", "APPROVED", "G", "E", "EC", "TV-G");
        rated(all, 3, "TV-Y7", "TV-Y7-FV");
        rated(all, 5, "PG", "TV-PG");
        rated(all, 7, "PG-13", "T");
        rated(all, 8, "TV-14");
        rated(all, 9, "R", "M", "TV-MA");
        rated(all, 10, "NC-17");
        rated(all, 15, "AO", "RP", "UR", "NR", "X");
        rated(all, 100, "XXX");
        return all;
    }

    private static void rated(Map<String, Integer> all, int value, String... names) {
        for (String name : names) {
            all.put(name, value);
        }
    }

    /** {@code CultureDto}s by name. */
    public Reply cultures(Call call) {
        return Reply.json(cultures);
    }

    /** {@code CountryInfo}s by name. */
    public Reply countries(Call call) {
        return Reply.json(countries);
    }

    /** {@code [{"Name", "Value": int}]}, the mildest first. */
    public Reply parentalRatings(Call call) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        RATINGS.forEach((name, value) -> list.addObject().put("Name", name).put("Value", value));
        return Reply.json(list);
    }

    /** {@code [{"Name", "Value": "en-us"}]}: languages of an interface. */
    public Reply options(Call call) {
        return Reply.json(options);
    }

    private static ArrayNode cultures() {
        List<ObjectNode> all = new ArrayList<>();
        for (String code : Locale.getISOLanguages()) {
            Locale locale = Locale.of(code);
            String name = locale.getDisplayLanguage(Locale.ENGLISH);
            if (!name.equals(code)) {
                all.add(culture(code, threeLetters(locale), name));
            }
        }
        return sorted(all);
    }

    private static ObjectNode culture(String two, String three, String name) {
        ObjectNode culture = EmbyJson.object();
        String first = BIBLIOGRAPHIC.getOrDefault(three, three);
        culture.put("Name", name);
        culture.put("DisplayName", name);
        culture.put("TwoLetterISOLanguageName", two);
        culture.put("ThreeLetterISOLanguageName", first);
        ArrayNode names = culture.putArray("ThreeLetterISOLanguageNames").add(first);
        if (!first.equals(three)) {
            names.add(three);
        }
        culture.putArray("TwoLetterISOLanguageNames").add(two);
        return culture;
    }

    private static String threeLetters(Locale locale) {
        try {
            return locale.getISO3Language();
        } catch (MissingResourceException e) {
            return locale.getLanguage();
        }
    }

    private static ArrayNode countries() {
        List<ObjectNode> all = new ArrayList<>();
        for (String code : Locale.getISOCountries()) {
            Locale locale = Locale.of("", code);
            String name = locale.getDisplayCountry(Locale.ENGLISH);
            ObjectNode country = EmbyJson.object();
            country.put("Name", code);
            country.put("DisplayName", name);
            country.put("EnglishName", name);
            country.put("TwoLetterISORegionName", code);
            country.put("ThreeLetterISORegionName", locale.getISO3Country());
            all.add(country);
        }
        return sorted(all);
    }

    private static ArrayNode sorted(List<ObjectNode> all) {
        all.sort(Comparator.comparing(n -> n.path("DisplayName").asText()));
        return JsonNodeFactory.instance.arrayNode().addAll(all);
    }

    private static ArrayNode options() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (String tag : DISPLAY_LANGUAGES) {
            String name = Locale.forLanguageTag(tag).getDisplayName(Locale.ENGLISH);
            list.addObject().put("Name", name).put("Value", tag);
        }
        return list;
    }
}
