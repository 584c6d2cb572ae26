package org.embygateway.index.merge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the rulings mean for some copies: pairs that are one title, and pairs that are not. */
record Rulings(List<Link> links, List<Link> bars) {
    private static final Rulings NONE = new Rulings(List.of(), List.of());

    /** Two copies that a ruling names, by their places in the list of copies. */
    record Link(int ruling, int one, int other) {}

    private record Pair(int one, int other) {}

    private record Verdict(int ruling, boolean together) {}

    /** @param given in the order they were made */
    static Rulings over(List<Facts> copies, List<Ruling> given) {
        if (given.isEmpty()) {
            return NONE;
        }
        Map<Pair, Verdict> verdicts = new HashMap<>();
        Named named = Named.among(copies, given);
        for (Ruling ruling : given) {
            List<Integer> one = named.by(ruling.one());
            List<Integer> other = named.by(ruling.other());
            switch (ruling.act()) {
                case JOIN -> {
                    List<Integer> all = named.by(ruling.all());
                    judge(all, all, new Verdict(ruling.number(), true), verdicts);
                }
                case SPLIT -> {
                    judge(other, other, new Verdict(ruling.number(), true), verdicts);
                    judge(one, other, new Verdict(ruling.number(), false), verdicts);
                }
                case NEVER -> judge(one, other, new Verdict(ruling.number(), false), verdicts);
            }
        }
        return sorted(copies, verdicts);
    }

    private static void judge(List<Integer> some, List<Integer> others, Verdict verdict, Map<Pair, Verdict> verdicts) {
        for (int one : some) {
            for (int other : others) {
                if (one != other) {
                    verdicts.put(new Pair(Math.min(one, other), Math.max(one, other)), verdict);
                }
            }
        }
    }

    /** Kinds never mix, and what is below a series stays below it. */
    private static Rulings sorted(List<Facts> copies, Map<Pair, Verdict> verdicts) {
        List<Link> links = new ArrayList<>();
        List<Link> bars = new ArrayList<>();
        verdicts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparingInt(Pair::one).thenComparingInt(Pair::other)))
                .forEach(entry -> {
                    Facts one = copies.get(entry.getKey().one());
                    Facts other = copies.get(entry.getKey().other());
                    Verdict verdict = entry.getValue();
                    Link link = new Link(
                            verdict.ruling(),
                            entry.getKey().one(),
                            entry.getKey().other());
                    if (!verdict.together()) {
                        bars.add(link);
                    } else if (one.kind() == other.kind() && one.series() == other.series()) {
                        links.add(link);
                    }
                });
        return new Rulings(List.copyOf(links), List.copyOf(bars));
    }

    /** Bars first: what must be apart is apart, whoever else is joined to it. */
    void enforce(Groups groups) {
        bars.forEach(bar -> groups.keepApart(bar.one(), bar.other(), ""));
        links.forEach(link -> groups.force(link.one(), link.other()));
    }

    /** The places of the copies that rulings name, and of those that stand in for them. */
    private record Named(Map<CopyIdentity, List<Integer>> places) {
        static Named among(List<Facts> copies, List<Ruling> rulings) {
            Set<CopyIdentity> names = new HashSet<>();
            rulings.forEach(ruling -> names.addAll(ruling.all()));
            Map<CopyIdentity, CopyIdentity> standIns = StandIns.among(copies, names);
            Map<CopyIdentity, List<Integer>> places = new HashMap<>();
            for (int place = 0; place < copies.size(); place++) {
                CopyIdentity copy = copies.get(place).identity();
                places.computeIfAbsent(standIns.getOrDefault(copy, copy), c -> new ArrayList<>())
                        .add(place);
            }
            return new Named(places);
        }

        List<Integer> by(Set<CopyIdentity> copies) {
            return copies.stream()
                    .flatMap(copy -> places.getOrDefault(copy, List.of()).stream())
                    .toList();
        }
    }
}
