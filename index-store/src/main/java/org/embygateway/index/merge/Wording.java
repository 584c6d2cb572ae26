package org.embygateway.index.merge;

import java.util.OptionalInt;
import org.embygateway.protocol.ItemKind;

/** What copies have in common, for people: {@code tmdb 603}, {@code title and year}, {@code season 1, episode 5}, {@code disc 1,
 * track 3}. */
final class Wording {
    private Wording() {}

    static String of(MergeKey key, Facts copy) {
        return switch (key.strength()) {
            case ID -> id(key);
            case EPISODES -> "episodes";
            case PLACE -> place(copy);
            case ONCE ->
                copy.kind() == ItemKind.AUDIO
                        ? "name, the only one on the album"
                        : "date " + copy.premiere().orElseThrow() + ", the only one of the day";
            case TITLE -> copy.kind() == ItemKind.MUSIC_ALBUM ? "artist and name" : "title and year";
        };
    }

    private static String id(MergeKey key) {
        String[] parts = key.text().split("\\|");
        return parts[parts.length - 2] + ' ' + parts[parts.length - 1];
    }

    private static String place(Facts copy) {
        return switch (copy.kind()) {
            case SEASON -> "season " + copy.index().orElse(0);
            case EPISODE -> episode(copy);
            case AUDIO ->
                "disc %d, track %d"
                        .formatted(MusicRules.disc(copy), copy.index().orElse(0));
            case COLLECTION_FOLDER, USER_VIEW ->
                copy.collectionType().isEmpty() ? "name" : "type of library (" + copy.collectionType() + ')';
            default -> "name";
        };
    }

    private static String episode(Facts copy) {
        boolean special = copy.parentIndex().orElse(-1) == 0;
        if (!special && copy.parentIndex().isPresent() && copy.index().isPresent()) {
            return "season %d, episode %d%s"
                    .formatted(
                            copy.parentIndex().getAsInt(),
                            copy.index().getAsInt(),
                            last(copy.indexEnd(), copy.index()));
        }
        return copy.premiere().map(day -> "title and date " + day).orElse("title in the season");
    }

    private static String last(OptionalInt end, OptionalInt first) {
        return end.isPresent() && !end.equals(first) ? " to " + end.getAsInt() : "";
    }
}
