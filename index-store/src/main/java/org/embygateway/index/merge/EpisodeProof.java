package org.embygateway.index.merge;

import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the episodes below two copies of series tell of these. Episodes that are gone count like the rest, so nothing has
 * to be looked at again when one goes.
 */
final class EpisodeProof {
    private static final int ENOUGH = 3;
    private static final double MANY_MORE = 1.5;
    private static final double MOST = 0.6;
    /** "Episode 5", "S01E05", "第5集": says no more than the number. */
    private static final Pattern NUMBER_ONLY =
            Pattern.compile("(?:s\\d+)?(?:episode|episodio|folge|ep|e|серия|第)?[\\d一二三四五六七八九十百]*(?:集|话|話|回|期|화|회)?");

    private EpisodeProof() {}

    /** Three ids of one catalogue are on episodes of both. */
    static boolean sameSeries(List<Facts> one, List<Facts> other) {
        Map<String, Set<String>> ids = ids(one);
        return ids(other).entrySet().stream().anyMatch(of -> {
            Set<String> common = new HashSet<>(of.getValue());
            common.retainAll(ids.getOrDefault(of.getKey(), Set.of()));
            return common.size() >= ENOUGH;
        });
    }

    private static Map<String, Set<String>> ids(List<Facts> episodes) {
        return episodes.stream()
                .flatMap(episode -> MergeRules.comparableIds(episode).entrySet().stream())
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }

    /**
     * Why the two cannot be one series, if so: one of them has many more episodes of a season, no ids can be compared, and
     * most of those with equal numbers have other titles and dates.
     */
    static Optional<String> otherSeries(List<Facts> one, List<Facts> other) {
        Map<Integer, Map<Integer, List<Facts>>> seasons = seasons(one);
        return seasons(other).entrySet().stream()
                .filter(season -> seasons.containsKey(season.getKey()))
                .flatMap(season ->
                        otherSeason(season.getKey(), seasons.getOrDefault(season.getKey(), Map.of()), season.getValue())
                                .stream())
                .findFirst();
    }

    /** By season and number; specials are numbered as everybody likes. */
    private static Map<Integer, Map<Integer, List<Facts>>> seasons(List<Facts> episodes) {
        return episodes.stream()
                .filter(e -> e.index().isPresent() && e.parentIndex().orElse(0) > 0)
                .collect(Collectors.groupingBy(
                        e -> e.parentIndex().orElseThrow(),
                        TreeMap::new,
                        Collectors.groupingBy(e -> e.index().orElseThrow())));
    }

    private static Optional<String> otherSeason(
            int number, Map<Integer, List<Facts>> one, Map<Integer, List<Facts>> other) {
        int more = Math.max(one.size(), other.size());
        int fewer = Math.min(one.size(), other.size());
        if (more < fewer * MANY_MORE) {
            return Optional.empty();
        }
        int telling = 0;
        int agreeing = 0;
        for (var episode : one.entrySet()) {
            List<Facts> here = episode.getValue();
            List<Facts> there = other.getOrDefault(episode.getKey(), List.of());
            if (any(here, there, EpisodeProof::idsCanBeCompared)) {
                return Optional.empty();
            }
            boolean agree = any(here, there, EpisodeProof::agree);
            agreeing += agree ? 1 : 0;
            telling += agree || any(here, there, EpisodeProof::canBeCompared) ? 1 : 0;
        }
        return telling >= ENOUGH && agreeing < telling * MOST
                ? Optional.of("season %d has %d and %d episodes, and of %d only %d agree in title or date"
                        .formatted(number, one.size(), other.size(), telling, agreeing))
                : Optional.empty();
    }

    private static boolean any(List<Facts> some, List<Facts> others, BiPredicate<Facts, Facts> test) {
        return some.stream().anyMatch(one -> others.stream().anyMatch(other -> test.test(one, other)));
    }

    private static boolean idsCanBeCompared(Facts one, Facts other) {
        Set<String> names = new HashSet<>(MergeRules.comparableIds(one).keySet());
        names.retainAll(MergeRules.comparableIds(other).keySet());
        return !names.isEmpty();
    }

    private static boolean canBeCompared(Facts one, Facts other) {
        return one.premiere().isPresent() && other.premiere().isPresent() || hasTitle(one) && hasTitle(other);
    }

    private static boolean hasTitle(Facts episode) {
        return !NUMBER_ONLY.matcher(FoldedName.of(episode.name())).matches();
    }

    /** A day's difference is one of time zones. */
    private static boolean agree(Facts one, Facts other) {
        boolean sameDay = one.premiere()
                .flatMap(day -> other.premiere().map(otherDay -> Math.abs(ChronoUnit.DAYS.between(day, otherDay)) <= 1))
                .orElse(false);
        return sameDay || hasTitle(one) && FoldedName.ofTitle(one.name()).equals(FoldedName.ofTitle(other.name()));
    }
}
