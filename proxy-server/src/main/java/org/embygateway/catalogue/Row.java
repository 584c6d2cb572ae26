package org.embygateway.catalogue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.embygateway.protocol.ItemKind;
import org.jspecify.annotations.Nullable;

/**
 * One item of the catalogue. Of a row in {@link Rows} the facts, views and parts are unpacked when they are first asked
 * for; a row itself is cheap and is not kept.
 */
final class Row {
    private static final IntPredicate ANY = upstream -> true;

    private final int id;
    private final ItemKind kind;
    private final long stamp;
    private final int series;
    private final int season;
    private final int album;
    private final Body body;
    private @Nullable Facts scalars;
    private @Nullable String sortKey;
    private @Nullable Listed listed;

    /** @param libraries the upstream's ids of the libraries it is in; of a library its own id */
    record Part(int upstream, List<String> libraries, Facts facts) {
        Part {
            libraries = List.copyOf(libraries);
        }
    }

    /** A library as its upstream calls it. */
    record Library(int upstream, String id) {}

    /**
     * What lists show.
     *
     * @param facts perhaps without folded names, sort keys, provider ids, references and codecs
     */
    record Listed(Facts facts, List<Integer> views) {}

    /** The larger part of an item. */
    interface Body {
        List<Integer> views();

        List<Part> parts();

        Facts facts();

        /** As {@link Row#scalars}, of the parts of some upstreams. */
        Facts scalars(IntPredicate upstreams);

        /** That of the first part of some upstreams; of the whole when there is none. */
        String sortKey(IntPredicate upstreams);

        String folded(IntPredicate upstreams);

        default Listed listed() {
            return new Listed(facts(), views());
        }
    }

    /** @param facts merged from all parts */
    private record Given(List<Integer> views, List<Part> parts, Facts facts) implements Body {
        Given {
            views = List.copyOf(views);
            parts = List.copyOf(parts);
        }

        @Override
        public Facts scalars(IntPredicate upstreams) {
            return of(upstreams);
        }

        @Override
        public String sortKey(IntPredicate upstreams) {
            return of(upstreams).sortKey();
        }

        @Override
        public String folded(IntPredicate upstreams) {
            return of(upstreams).folded();
        }

        private Facts of(IntPredicate upstreams) {
            List<Facts> some = parts.stream()
                    .filter(part -> upstreams.test(part.upstream))
                    .map(Part::facts)
                    .toList();
            return some.size() == parts.size() ? facts : some.isEmpty() ? facts.nameOnly() : Facts.merged(some);
        }
    }

    /**
     * @param id the gateway's id as a number
     * @param stamp another one for every state of the item, so that what was rendered of an older one is not used
     * @param series 0 for none; season and album likewise
     */
    Row(int id, ItemKind kind, long stamp, int series, int season, int album, Body body) {
        this.id = id;
        this.kind = kind;
        this.stamp = stamp;
        this.series = series;
        this.season = season;
        this.album = album;
        this.body = body;
    }

    /**
     * @param facts merged from all parts
     * @param views of all parts
     * @param parts what each upstream knows, best first; none for by-name items without copies
     */
    Row(
            int id,
            ItemKind kind,
            long stamp,
            Facts facts,
            int series,
            int season,
            int album,
            List<Integer> views,
            List<Part> parts) {
        this(id, kind, stamp, series, season, album, new Given(views, parts, facts));
    }

    int id() {
        return id;
    }

    ItemKind kind() {
        return kind;
    }

    long stamp() {
        return stamp;
    }

    int series() {
        return series;
    }

    int season() {
        return season;
    }

    int album() {
        return album;
    }

    Facts facts() {
        return body.facts();
    }

    List<Integer> views() {
        return body.views();
    }

    List<Part> parts() {
        return body.parts();
    }

    /** The facts that are no lists, and perhaps without the names: fast, for looking at very many items. */
    Facts scalars() {
        Facts known = scalars;
        if (known == null) {
            known = body.scalars(ANY);
            scalars = known;
        }
        return known;
    }

    /** What lists show, without unpacking what they do not. */
    Listed listed() {
        Listed known = listed;
        if (known == null) {
            known = body.listed();
            listed = known;
        }
        return known;
    }

    /** That of the facts, which are not unpacked for it. */
    String sortKey() {
        String known = sortKey;
        if (known == null) {
            known = body.sortKey(ANY);
            sortKey = known;
        }
        return known;
    }

    /** Likewise. */
    String folded() {
        return body.folded(ANY);
    }

    Row withAlbum(int found) {
        return new Row(id, kind, stamp, series, season, found, body);
    }

    boolean isOn(int upstream) {
        return parts().stream().anyMatch(part -> part.upstream == upstream);
    }

    /** Whether the gateway has it, no upstream. */
    boolean isOwn() {
        return (kind == ItemKind.USER_VIEW || Lists.isList(kind)) && isOn(Lists.GATEWAY);
    }

    /** The item as someone knows it who sees only these upstreams. */
    Row seenFrom(Set<Integer> upstreams, Map<Library, Integer> libraries) {
        return new Row(id, kind, stamp, series, season, album, new Seen(this, upstreams, libraries));
    }

    /** What some of the parts make. */
    private static final class Seen implements Body {
        private final Row whole;
        private final Set<Integer> upstreams;
        private final Map<Library, Integer> libraries;
        private @Nullable Given given;

        Seen(Row whole, Set<Integer> upstreams, Map<Library, Integer> libraries) {
            this.whole = whole;
            this.upstreams = upstreams;
            this.libraries = libraries;
        }

        /** May be made twice by two threads, which does no harm. */
        private Given given() {
            Given known = given;
            if (known == null) {
                known = make();
                given = known;
            }
            return known;
        }

        private Given make() {
            List<Part> seen = whole.parts().stream()
                    .filter(part -> upstreams.contains(part.upstream))
                    .toList();
            return seen.isEmpty()
                    ? new Given(whole.views(), seen, whole.facts().nameOnly())
                    : new Given(
                            viewsOf(seen),
                            seen,
                            Facts.merged(seen.stream().map(Part::facts).toList()));
        }

        private List<Integer> viewsOf(List<Part> seen) {
            Set<Integer> kept = new LinkedHashSet<>();
            for (Part part : seen) {
                for (String library : part.libraries) {
                    Integer view = libraries.get(new Library(part.upstream, library));
                    if (view != null && whole.views().contains(view)) {
                        kept.add(view);
                    }
                }
            }
            return List.copyOf(kept);
        }

        @Override
        public List<Integer> views() {
            return given().views;
        }

        @Override
        public List<Part> parts() {
            return given().parts;
        }

        @Override
        public Facts facts() {
            return given().facts;
        }

        @Override
        public Facts scalars(IntPredicate some) {
            return whole.body.scalars(among(some));
        }

        @Override
        public String sortKey(IntPredicate some) {
            return whole.body.sortKey(among(some));
        }

        @Override
        public String folded(IntPredicate some) {
            return whole.body.folded(among(some));
        }

        private IntPredicate among(IntPredicate some) {
            return upstream -> upstreams.contains(upstream) && some.test(upstream);
        }
    }
}
