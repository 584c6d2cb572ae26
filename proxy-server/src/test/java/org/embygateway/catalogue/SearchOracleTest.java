package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.route.Caller;

/** Random searches, answered once more by looking at every title, letter by letter. */
class SearchOracleTest {
    private static final List<String> WORDS = List.of(
            "star", "start", "stars", "starting", "upstart", "art", "the", "a", "tar", "x", "lang", "19", "1994", "di");
    private static final Map<Character, List<String>> READINGS = Map.ofEntries(
            Map.entry('流', List.of("liu")),
            Map.entry('浪', List.of("lang")),
            Map.entry('地', List.of("di", "de")),
            Map.entry('球', List.of("qiu")),
            Map.entry('重', List.of("zhong", "chong")),
            Map.entry('庆', List.of("qing")),
            Map.entry('长', List.of("zhang", "chang")),
            Map.entry('安', List.of("an")),
            Map.entry('西', List.of("xi")),
            Map.entry('英', List.of("ying")),
            Map.entry('三', List.of("san")),
            Map.entry('大', List.of("da", "dai")));
    private static final List<Character> CHARACTERS =
            READINGS.keySet().stream().sorted().toList();

    private record Said(int upstream, String name, String original) {
        Stream<String> titles() {
            return Stream.of(name, original).filter(title -> !title.isEmpty());
        }
    }

    private record Title(int id, List<Said> said, int year) {
        List<Said> seenBy(Set<Integer> upstreams) {
            return said.stream().filter(s -> upstreams.contains(s.upstream)).toList();
        }
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void everySearchAgreesWithLookingAtEveryTitle(@ForAll long seed) {
        Random random = new Random(seed);
        Fixture fixture = new Fixture();
        fixture.view(10, "Films", "movies", 1, 2, 3);
        List<Title> titles = IntStream.range(0, 30 + random.nextInt(300))
                .mapToObj(i -> title(random, 100 + i))
                .collect(Collectors.toCollection(ArrayList::new));
        titles.forEach(title -> add(fixture, title));
        fixture.load();
        ItemsHandlers items = new ItemsHandlers(fixture.catalogue, ReadThrough.NONE);
        for (int search = 0; search < 60; search++) {
            if (search % 20 == 19) {
                change(random, fixture, titles);
            }
            compare(random, titles, items);
        }
    }

    private static void change(Random random, Fixture fixture, List<Title> titles) {
        int at = random.nextInt(titles.size());
        Title changed = title(random, titles.get(at).id);
        titles.set(at, changed);
        add(fixture, changed);
        fixture.apply(Set.of(new ItemId(changed.id)), Set.of());
    }

    private static Title title(Random random, int id) {
        List<Said> said = new ArrayList<>();
        String name = text(random);
        int upstreams = 1 + random.nextInt(7);
        for (int upstream = 1; upstream <= 3; upstream++) {
            if ((upstreams >> upstream - 1 & 1) == 1) {
                String own = random.nextInt(3) == 0 ? text(random) : name;
                said.add(new Said(upstream, own, random.nextInt(4) == 0 ? text(random) : ""));
            }
        }
        return new Title(id, said, random.nextInt(3) == 0 ? 0 : 1990 + random.nextInt(20));
    }

    private static String text(Random random) {
        List<String> words = new ArrayList<>();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            words.add(
                    switch (random.nextInt(5)) {
                        case 0, 1 ->
                            random.ints(1 + random.nextInt(4), 0, CHARACTERS.size())
                                    .mapToObj(i -> CHARACTERS.get(i).toString())
                                    .collect(Collectors.joining());
                        case 2 ->
                            CHARACTERS.get(random.nextInt(CHARACTERS.size())) + WORDS.get(random.nextInt(WORDS.size()));
                        default -> WORDS.get(random.nextInt(WORDS.size()));
                    });
        }
        return String.join(" ", words);
    }

    private static void add(Fixture fixture, Title title) {
        Fixture.Item item = fixture.item(title.id, ItemKind.MOVIE, title.said.getFirst().name)
                .views(10);
        for (Said said : title.said) {
            String year = title.year > 0 ? ",'ProductionYear':" + title.year : "";
            item.on(
                    said.upstream,
                    Fixture.library(10),
                    "{'Name':'%s','OriginalTitle':'%s','SortName':'%s'%s}"
                            .formatted(said.name, said.original, said.name, year));
        }
        item.add();
    }

    /** What somebody may type who looks for a title. */
    private static String term(Random random, List<Title> titles) {
        List<Said> said = titles.get(random.nextInt(titles.size())).said;
        List<String> all = said.get(random.nextInt(said.size())).titles().toList();
        String title = all.get(random.nextInt(all.size()));
        String typed = random.nextBoolean() ? typing(random, title) : title;
        int from = random.nextInt(3) == 0 ? random.nextInt(typed.length()) : 0;
        String part = typed.substring(from, Math.min(typed.length(), from + 1 + random.nextInt(typed.length() + 3)));
        return (random.nextInt(6) == 0 ? part + " " + (1990 + random.nextInt(20)) : part).strip();
    }

    private static String typing(Random random, String title) {
        StringBuilder typed = new StringBuilder();
        for (char c : title.toCharArray()) {
            List<String> readings = READINGS.getOrDefault(c, List.of(String.valueOf(c)));
            String reading = readings.get(random.nextInt(readings.size()));
            typed.append(random.nextInt(3) > 0 ? reading : random.nextBoolean() ? reading.substring(0, 1) : c);
            typed.append(c != ' ' && random.nextInt(8) == 0 ? " " : "");
        }
        return typed.toString();
    }

    private static void compare(Random random, List<Title> titles, ItemsHandlers items) {
        Set<Integer> upstreams = new TreeSet<>();
        IntStream.rangeClosed(1, 3).filter(u -> random.nextInt(3) > 0).forEach(upstreams::add);
        Caller caller =
                Fixture.caller(upstreams.stream().mapToInt(Integer::intValue).toArray());
        String term = term(random, titles);
        if (term.isEmpty()) {
            return;
        }
        String query =
                "Recursive=true&IncludeItemTypes=Movie&SearchTerm=" + URLEncoder.encode(term, StandardCharsets.UTF_8);
        JsonNode answer = Fixture.ask(items::query, caller, query);
        List<Integer> found = ids(answer);
        List<Integer> expected = expected(titles, upstreams, term);
        assertThat(found)
                .as(
                        "'%s' on %s, %s",
                        term,
                        upstreams,
                        titles.stream()
                                .filter(title -> expected.contains(title.id) != found.contains(title.id))
                                .toList())
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(answer.path("TotalRecordCount").asInt()).isEqualTo(found.size());
        int start = random.nextInt(found.size() + 1);
        JsonNode page = Fixture.ask(items::query, caller, query + "&Limit=3&StartIndex=" + start);
        assertThat(ids(page)).isEqualTo(found.subList(start, Math.min(found.size(), start + 3)));
        assertThat(page.path("TotalRecordCount").asInt()).isEqualTo(found.size());
        if (term.matches(".* \\d+.*")) {
            return;
        }
        Map<Integer, Title> byId = titles.stream().collect(Collectors.toMap(Title::id, title -> title));
        assertThat(found.stream().map(id -> rank(byId.get(id).seenBy(upstreams).getFirst().name, term)))
                .as("'%s' on %s: %s", term, upstreams, found)
                .isSorted();
    }

    private static List<Integer> ids(JsonNode answer) {
        List<Integer> ids = new ArrayList<>();
        answer.path("Items").forEach(item -> ids.add(item.path("Id").asInt()));
        return ids;
    }

    private static List<Integer> expected(List<Title> titles, Set<Integer> upstreams, String term) {
        return titles.stream()
                .filter(title -> fits(
                        title.seenBy(upstreams).stream().flatMap(Said::titles).toList(), title.year, term))
                .map(Title::id)
                .toList();
    }

    private static boolean fits(List<String> titles, int year, String term) {
        String[] words = term.split(" +");
        String joined = String.join("", words);
        if (words.length == 1) {
            return titles.stream().anyMatch(title -> title.contains(term) || isTyped(title, term));
        }
        if (titles.stream().anyMatch(title -> begins(title, joined))) {
            return true;
        }
        boolean any = false;
        for (String word : words) {
            boolean inTitle = titles.stream().anyMatch(title -> begins(title, word));
            boolean isYear = year > 0
                    && word.matches("[1-9]\\d*")
                    && String.valueOf(year).startsWith(word);
            if (!inTitle && !isYear) {
                return false;
            }
            any |= inTitle;
        }
        return any;
    }

    private static boolean begins(String title, String word) {
        return isTyped(title, word)
                || IntStream.range(0, title.length()).anyMatch(i -> isStart(title, i) && title.startsWith(word, i));
    }

    private static boolean isStart(String title, int at) {
        return at == 0
                || title.charAt(at - 1) == ' '
                || READINGS.containsKey(title.charAt(at))
                || READINGS.containsKey(title.charAt(at - 1));
    }

    private static boolean isTyped(String title, String typed) {
        return typed.matches(".*[a-z].*")
                && title.chars().anyMatch(c -> READINGS.containsKey((char) c))
                && IntStream.range(0, title.length())
                        .anyMatch(i -> title.charAt(i) != ' '
                                && isStart(title, i)
                                && isTyped(title.substring(i).replace(" ", ""), typed, 0));
    }

    private static boolean isTyped(String title, String typed, int at) {
        if (typed.isEmpty()) {
            return true;
        }
        if (at == title.length()) {
            return false;
        }
        char c = title.charAt(at);
        Stream<String> ways = Stream.concat(
                Stream.of(String.valueOf(c)),
                READINGS.getOrDefault(c, List.of()).stream()
                        .flatMap(reading -> Stream.of(
                                reading,
                                reading.substring(0, 1),
                                reading.substring(0, reading.indexOf('h') == 1 ? 2 : 1))));
        boolean isLast = READINGS.getOrDefault(c, List.of()).stream().anyMatch(reading -> reading.startsWith(typed));
        return isLast
                || ways.anyMatch(way -> typed.startsWith(way) && isTyped(title, typed.substring(way.length()), at + 1));
    }

    /** Of names only; all that is found otherwise comes behind. */
    private static int rank(String name, String term) {
        String text = String.join(" ", term.split(" +"));
        if (name.startsWith(text)) {
            return name.equals(text) ? 0 : name.charAt(text.length()) == ' ' ? 1 : 2;
        }
        if (text.contains(" ")) {
            return 5;
        }
        boolean begins = IntStream.range(0, name.length()).anyMatch(i -> isStart(name, i) && name.startsWith(text, i));
        return begins ? 3 : name.contains(text) ? 4 : 5;
    }
}
