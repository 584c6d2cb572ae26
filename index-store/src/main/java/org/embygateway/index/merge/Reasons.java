package org.embygateway.index.merge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.embygateway.protocol.ItemKind;

/** Tells what joined the copies of a title: for every key that did, all copies of the title that share it. */
final class Reasons {
    private final List<Facts> copies;
    private final Groups groups;
    private final Map<MergeKey, List<Integer>> shared;

    Reasons(List<Facts> copies, Groups groups, Map<MergeKey, List<Integer>> shared) {
        this.copies = copies;
        this.groups = groups;
        this.shared = shared;
    }

    List<Reason> of(List<Merge.Joint> joints, Rulings rulings) {
        List<Reason> reasons = new ArrayList<>();
        rulings.links().forEach(link -> {
            if (groups.areOne(link.one(), link.other())) {
                reasons.add(reason(List.of(link.one(), link.other()), "joined by an administrator", link.ruling()));
            }
        });
        Map<List<Object>, Reason> byKey = new LinkedHashMap<>();
        for (Merge.Joint joint : joints) {
            Reason reason = reason(joint);
            byKey.putIfAbsent(List.of(joint.key(), reason.copies()), reason);
        }
        reasons.addAll(byKey.values());
        return reasons;
    }

    private Reason reason(Merge.Joint joint) {
        Facts one = copies.get(joint.one());
        Facts other = copies.get(joint.other());
        if (joint.key().strength() != MergeKey.Strength.TITLE) {
            return reason(sharing(joint), "same " + Wording.of(joint.key(), one), 0);
        }
        int year = one.knownYear().orElse(0);
        int otherYear = other.knownYear().orElse(0);
        if (one.kind() == ItemKind.MUSIC_ALBUM && (year == 0 || otherYear == 0)) {
            return reason(List.of(joint.one(), joint.other()), "same artist and name, a year is not known", 0);
        }
        if (year != otherYear) {
            String text = "same title, years %d and %d, same run time".formatted(year, otherYear);
            return reason(List.of(joint.one(), joint.other()), text, 0);
        }
        List<Integer> sameYear = sharing(joint).stream()
                .filter(copy -> copies.get(copy).knownYear().orElse(0) == year)
                .toList();
        String what = one.kind() == ItemKind.MUSIC_ALBUM ? "artist, name" : "title";
        return reason(sameYear, "same %s and year %d".formatted(what, year), 0);
    }

    private List<Integer> sharing(Merge.Joint joint) {
        return shared.getOrDefault(joint.key(), List.of()).stream()
                .filter(copy -> groups.areOne(copy, joint.one()))
                .toList();
    }

    private Reason reason(List<Integer> of, String text, int ruling) {
        return new Reason(
                new TreeSet<>(of)
                        .stream().map(copy -> copies.get(copy).identity()).toList(),
                text,
                ruling);
    }
}
