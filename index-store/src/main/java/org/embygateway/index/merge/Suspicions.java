package org.embygateway.index.merge;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.embygateway.index.merge.MergeKey.Strength;
import org.embygateway.protocol.ItemKind;

/** Looks, among copies that are there, for groups that may hold too much and for groups that may belong together. */
final class Suspicions {
    private static final double OTHER_RUN_TIME = 0.15;
    private static final long TICKS_PER_MINUTE = 600_000_000L;
    private static final int MOST_COMPARED = 20;
    private static final int MOST_LOOKED_AT = 200;
    private static final int DAYS_APART = 30;
    private static final Set<ItemKind> TIMED = EnumSet.of(ItemKind.MOVIE, ItemKind.EPISODE, ItemKind.AUDIO);

    private final List<Facts> copies;
    private final Groups groups;

    Suspicions(List<Facts> copies, Groups groups) {
        this.copies = copies;
        this.groups = groups;
    }

    List<Merge.Notice> among(Map<MergeKey, List<Integer>> shared) {
        Map<List<Integer>, Merge.Notice> notices = new LinkedHashMap<>();
        members()
                .forEach((group, members) -> otherEpisodes(members)
                        .or(() -> otherRunTimes(members))
                        .ifPresent(text -> notices.put(List.of(group, group), notice(group, group, text))));
        shared.forEach((key, holders) -> {
            if (key.strength() == Strength.TITLE
                    && copies.get(holders.getFirst()).kind() != ItemKind.MUSIC_ALBUM) {
                nearlyOne(holders, notices);
            }
        });
        return List.copyOf(notices.values());
    }

    private Map<Integer, List<Integer>> members() {
        Map<Integer, List<Integer>> members = new LinkedHashMap<>();
        for (int copy = 0; copy < copies.size(); copy++) {
            if (!copies.get(copy).gone()) {
                members.computeIfAbsent(groups.of(copy), group -> new ArrayList<>())
                        .add(copy);
            }
        }
        return members;
    }

    /** Servers that follow another order than that of the broadcast give the same number to another episode. */
    private Optional<String> otherEpisodes(List<Integer> members) {
        List<Facts> dated = members.stream()
                .map(copies::get)
                .filter(copy -> copy.kind() == ItemKind.EPISODE)
                .filter(copy -> copy.premiere().isPresent())
                .sorted(Comparator.comparing(copy -> copy.premiere().orElseThrow()))
                .toList();
        if (dated.size() < 2 || sameTitles(dated)) {
            return Optional.empty();
        }
        LocalDate first = dated.getFirst().premiere().orElseThrow();
        LocalDate last = dated.getLast().premiere().orElseThrow();
        return ChronoUnit.DAYS.between(first, last) > DAYS_APART
                ? Optional.of("titles and dates differ (%s and %s)".formatted(first, last))
                : Optional.empty();
    }

    private static boolean sameTitles(List<Facts> some) {
        return some.stream().map(copy -> FoldedName.of(copy.name())).distinct().count() == 1;
    }

    /** Longer cuts are not that much longer, other films are. */
    private Optional<String> otherRunTimes(List<Integer> members) {
        List<Facts> timed = members.stream()
                .map(copies::get)
                .filter(copy -> copy.runTimeTicks() > 0)
                .filter(copy -> TIMED.contains(copy.kind()))
                .toList();
        long longest = timed.stream().mapToLong(Facts::runTimeTicks).max().orElse(0);
        long shortest = timed.stream().mapToLong(Facts::runTimeTicks).min().orElse(0);
        return longest - shortest > longest * OTHER_RUN_TIME
                ? Optional.of("run times differ by more than 15 %% (%d and %d minutes)"
                        .formatted(shortest / TICKS_PER_MINUTE, longest / TICKS_PER_MINUTE))
                : Optional.empty();
    }

    /**
     * Of several titles with one name each is compared with those before it until one fits. A name that hundreds have is
     * none.
     */
    private void nearlyOne(List<Integer> holders, Map<List<Integer>, Merge.Notice> notices) {
        List<Integer> before = new ArrayList<>();
        List<Integer> living = holders.stream()
                .filter(copy -> !copies.get(copy).gone())
                .limit(MOST_LOOKED_AT)
                .toList();
        for (int copy : living) {
            for (int other : before) {
                Optional<String> text = nearlyOne(other, copy);
                if (text.isPresent()) {
                    int one = Math.min(groups.of(other), groups.of(copy));
                    int two = Math.max(groups.of(other), groups.of(copy));
                    notices.putIfAbsent(List.of(one, two), notice(one, two, text.get()));
                    break;
                }
            }
            if (before.size() < MOST_COMPARED) {
                before.add(copy);
            }
        }
    }

    private Optional<String> nearlyOne(int one, int other) {
        if (groups.areOne(one, other) || groups.contradict(one, other) || groups.areKeptApart(one, other)) {
            return Optional.empty();
        }
        OptionalInt year = copies.get(one).knownYear();
        OptionalInt otherYear = copies.get(other).knownYear();
        if (year.isEmpty() || otherYear.isEmpty()) {
            return Optional.of("same title, but a year is not known");
        }
        return Math.abs(year.getAsInt() - otherYear.getAsInt()) <= 1
                ? Optional.of(
                        "same title, but the years are %d and %d".formatted(year.getAsInt(), otherYear.getAsInt()))
                : Optional.empty();
    }

    /** Why two albums of one artist and name are two; empty when it is no matter of years and tracks. */
    static String otherAlbum(Facts one, Facts other, String otherTracks) {
        if (!otherTracks.isEmpty()) {
            return otherTracks;
        }
        OptionalInt year = one.knownYear();
        OptionalInt otherYear = other.knownYear();
        if (year.isEmpty() || otherYear.isEmpty()) {
            return "a year is not known";
        }
        return year.equals(otherYear) ? "" : "the years are %d and %d".formatted(year.getAsInt(), otherYear.getAsInt());
    }

    private Merge.Notice notice(int one, int other, String text) {
        return new Merge.Notice(copies.get(one).identity(), copies.get(other).identity(), text);
    }
}
