package org.embygateway.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.embygateway.protocol.ArtistRole;
import org.embygateway.protocol.ItemKind;

/**
 * The keys under which an item is found in {@link Postings}: a field and a value of it. A value is an id, a number, an
 * ordinal, or the number in {@link Words} of a text as it is shown; of an album, of its folded text.
 */
enum Keys {
    KIND,
    VIEW,
    REF,
    YEAR,
    UPSTREAM,
    EPISODES_OF_SERIES,
    EPISODES_OF_SEASON,
    SEASONS_OF_SERIES,
    TRACKS_OF_ALBUM,
    /** Everything that names a series as its own. */
    OF_SERIES,
    TRAIT,
    MARK,
    LETTER,
    IMAGE,
    PROVIDER,
    /** Some bits of the hash of a provider's id, so that few sets are needed: there are always other ids too. */
    PROVIDER_ID,
    OFFICIAL_RATING,
    STATUS,
    ALBUM,
    ARTIST,
    ALBUM_ARTIST,
    COMPOSER,
    AIR_DAY,
    CONTAINER,
    VIDEO_CODEC,
    AUDIO_CODEC,
    SUBTITLE_CODEC,
    AUDIO_LAYOUT,
    VIDEO_TYPE,
    AUDIO_LANGUAGE,
    SUBTITLE_LANGUAGE,
    /** What lies in a folder of videos or pictures. */
    IN_FOLDER,
    EXTRAS_OF;

    /** What follows from several facts of an item. */
    enum Mark {
        THREE_D,
        HD,
        FOUR_K,
        IN_ALBUM,
        SPECIAL_SEASON,
        SPECIAL_EPISODE,
        /** A special that has no place among the episodes of a season. */
        STANDALONE_SPECIAL
    }

    long of(int value) {
        return (long) ordinal() << 32 | value & 0xFFFFFFFFL;
    }

    static long kind(ItemKind kind) {
        return KIND.of(kind.code());
    }

    static long trait(Facts.Trait trait) {
        return TRAIT.of(trait.ordinal());
    }

    static long mark(Mark mark) {
        return MARK.of(mark.ordinal());
    }

    static long providerId(String id) {
        return PROVIDER_ID.of(id.hashCode() * 0x9E3779B9 >>> 16);
    }

    /** Every key of an item, some perhaps twice. */
    static void each(Row row, Words words, LongConsumer consumer) {
        Facts facts = row.facts();
        consumer.accept(kind(row.kind()));
        row.views().forEach(view -> consumer.accept(VIEW.of(view)));
        facts.refs().forEach(ref -> refer(ref, consumer));
        row.parts().forEach(part -> consumer.accept(UPSTREAM.of(part.upstream())));
        if (facts.year() > 0) {
            consumer.accept(YEAR.of(facts.year()));
        }
        relatives(row, consumer);
        facts.traits().forEach(trait -> {
            if (trait.isAsked()) {
                consumer.accept(trait(trait));
            }
        });
        marks(row, consumer);
        consumer.accept(LETTER.of(words.of(Text.prefix(facts.sortKey()))));
        facts.images().all().forEach(image -> consumer.accept(IMAGE.of(words.of(image.type()))));
        facts.providerIds().forEach(id -> {
            consumer.accept(PROVIDER.of(words.of(provider(id))));
            consumer.accept(providerId(id));
        });
        OFFICIAL_RATING.text(facts.officialRating(), words, consumer);
        STATUS.text(facts.status(), words, consumer);
        ALBUM.text(Text.fold(facts.album()), words, consumer);
        AIR_DAY.texts(facts.airing().days(), words, consumer);
        tech(facts.tech(), words, consumer);
    }

    /** Every key of an item once, in order. */
    static long[] all(Row row, Words words) {
        List<Long> keys = new ArrayList<>();
        each(row, words, keys::add);
        return keys.stream().mapToLong(Long::longValue).sorted().distinct().toArray();
    }

    /** Those of some keys that are not among others; both in order. */
    static void without(long[] some, long[] others, LongConsumer consumer) {
        for (long key : some) {
            if (Arrays.binarySearch(others, key) < 0) {
                consumer.accept(key);
            }
        }
    }

    private static void refer(Facts.Ref ref, LongConsumer consumer) {
        consumer.accept(REF.of(ref.id().value()));
        if (ref.kind() == ItemKind.MUSIC_ARTIST) {
            ArtistRole.named(ref.role())
                    .ifPresent(role ->
                            consumer.accept(Artists.field(role).of(ref.id().value())));
        }
    }

    private static void relatives(Row row, LongConsumer consumer) {
        if (row.kind() == ItemKind.EPISODE) {
            consumer.accept(EPISODES_OF_SERIES.of(row.series()));
            consumer.accept(EPISODES_OF_SEASON.of(row.season()));
        }
        if (row.kind() == ItemKind.SEASON) {
            consumer.accept(SEASONS_OF_SERIES.of(row.series()));
        }
        if (row.series() > 0) {
            consumer.accept(OF_SERIES.of(row.series()));
        }
        if (row.album() > 0) {
            folder(row, consumer);
        }
    }

    private static void folder(Row row, LongConsumer consumer) {
        if (row.kind().isExtra()) {
            consumer.accept(EXTRAS_OF.of(row.album()));
            return;
        }
        Keys inside = Facts.LIE_IN_FOLDERS.contains(row.kind()) ? IN_FOLDER : TRACKS_OF_ALBUM;
        consumer.accept(inside.of(row.album()));
        consumer.accept(mark(Mark.IN_ALBUM));
    }

    private static void marks(Row row, LongConsumer consumer) {
        Facts facts = row.facts();
        if (facts.tech().is3d()) {
            consumer.accept(mark(Mark.THREE_D));
        }
        if (facts.tech().isHd()) {
            consumer.accept(mark(Mark.HD));
        }
        if (facts.tech().is4k()) {
            consumer.accept(mark(Mark.FOUR_K));
        }
        if (row.kind() == ItemKind.SEASON && facts.number() == 0) {
            consumer.accept(mark(Mark.SPECIAL_SEASON));
        }
        if (row.kind() == ItemKind.EPISODE && AiredOrder.isSpecial(facts)) {
            consumer.accept(mark(Mark.SPECIAL_EPISODE));
            if (facts.airedSeason() <= 0) {
                consumer.accept(mark(Mark.STANDALONE_SPECIAL));
            }
        }
    }

    private static void tech(Tech tech, Words words, LongConsumer consumer) {
        CONTAINER.texts(tech.containers(), words, consumer);
        VIDEO_CODEC.texts(tech.videoCodecs(), words, consumer);
        AUDIO_CODEC.texts(tech.audioCodecs(), words, consumer);
        SUBTITLE_CODEC.texts(tech.subtitleCodecs(), words, consumer);
        AUDIO_LAYOUT.texts(tech.audioLayouts(), words, consumer);
        VIDEO_TYPE.texts(tech.extendedVideoTypes(), words, consumer);
        AUDIO_LANGUAGE.texts(tech.audioLanguages(), words, consumer);
        SUBTITLE_LANGUAGE.texts(tech.subtitleLanguages(), words, consumer);
    }

    private void texts(Collection<String> texts, Words words, LongConsumer consumer) {
        texts.forEach(text -> text(text, words, consumer));
    }

    private void text(String text, Words words, LongConsumer consumer) {
        if (!text.isEmpty()) {
            consumer.accept(of(words.of(text)));
        }
    }

    /** The name before the point of a provider id such as {@code imdb.tt0133093}. */
    private static String provider(String id) {
        int point = id.indexOf('.');
        return (point < 0 ? id : id.substring(0, point)).toLowerCase(Locale.ROOT);
    }
}
