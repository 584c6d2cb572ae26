package org.embygateway.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Params;
import org.roaringbitmap.RoaringBitmap;

/** What an item has or is: what any copy has counts. */
final class PresenceFilters {
    private static final String FILES = "filesystem";

    private final Conditions conditions;
    private final Params params;
    private final Lens lens;

    private PresenceFilters(Conditions conditions) {
        this.conditions = conditions;
        this.params = conditions.params();
        this.lens = conditions.lens();
    }

    static void add(Conditions conditions) {
        PresenceFilters filters = new PresenceFilters(conditions);
        filters.traits();
        filters.providers();
        filters.images();
        filters.specials();
        filters.missing();
    }

    private void traits() {
        conditions.flag("HasSubtitles", Keys.trait(Facts.Trait.SUBTITLES));
        conditions.flag("HasTrailer", () -> saidOrKnown(Facts.Trait.TRAILER, ItemKind.LOCAL_TRAILER));
        conditions.flag("HasSpecialFeature", () -> saidOrKnown(Facts.Trait.SPECIAL_FEATURE, ItemKind.SPECIAL_FEATURE));
        conditions.flag("HasThemeSong", () -> ItemExtras.owners(lens, ItemKind.THEME_SONG));
        conditions.flag("HasThemeVideo", () -> ItemExtras.owners(lens, ItemKind.THEME_VIDEO));
        conditions.flag("HasOverview", Keys.trait(Facts.Trait.OVERVIEW));
        conditions.flag("IsLocked", Keys.trait(Facts.Trait.LOCKED));
    }

    private RoaringBitmap saidOrKnown(Facts.Trait trait, ItemKind kind) {
        return RoaringBitmap.or(lens.of(Keys.trait(trait)), ItemExtras.owners(lens, kind));
    }

    private void providers() {
        for (String provider : List.of("Imdb", "Tmdb", "Tvdb")) {
            conditions.flag(
                    "Has" + provider + "Id", () -> lens.ofText(Keys.PROVIDER, provider.toLowerCase(Locale.ROOT)));
        }
        Set<String> wanted = conditions.lowerList("AnyProviderIdEquals");
        if (!wanted.isEmpty()) {
            RoaringBitmap perhaps = new RoaringBitmap();
            wanted.forEach(id -> perhaps.or(lens.snapshot().postings().get(Keys.providerId(id))));
            conditions.add(Condition.narrowed(
                    perhaps, row -> row.facts().providerIds().stream().anyMatch(wanted::contains)));
        }
    }

    private void images() {
        for (String type : params.list("ImageTypes")) {
            conditions.add(lens.ofTexts(Keys.IMAGE, type::equalsIgnoreCase));
        }
    }

    private void specials() {
        conditions.flag("IsSpecialSeason", Keys.mark(Keys.Mark.SPECIAL_SEASON));
        conditions.flag("IsSpecialEpisode", Keys.mark(Keys.Mark.SPECIAL_EPISODE));
        conditions.flag("IsStandaloneSpecial", Keys.mark(Keys.Mark.STANDALONE_SPECIAL));
    }

    /** Everything in the catalogue can be played: no item is missing, virtual or a placeholder. */
    private void missing() {
        for (String virtual : List.of("IsVirtualItem", "IsMissing", "IsVirtualUnaired", "IsPlaceHolder")) {
            if (params.flag(virtual, false)) {
                conditions.add(Condition.none());
            }
        }
        Set<String> wanted = conditions.lowerList("LocationTypes");
        if (conditions.lowerList("ExcludeLocationTypes").contains(FILES)
                || !wanted.isEmpty() && !wanted.contains(FILES)) {
            conditions.add(Condition.none());
        }
    }
}
