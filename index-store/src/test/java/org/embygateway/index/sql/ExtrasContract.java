package org.embygateway.index.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embygateway.index.sql.Sample.extra;
import static org.embygateway.index.sql.Sample.movie;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.embygateway.index.IndexChange;
import org.embygateway.index.MediaIndex.Extra;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes with an item is found by it, and lives as long as it. */
abstract class ExtrasContract extends StoreContract {
    private UpstreamId one;
    private UpstreamId two;

    @BeforeEach
    void addServers() {
        one = upstream("One");
        two = upstream("Two");
    }

    private IndexChange learn(UpstreamId upstream, Sample... items) {
        return store.media().learn(upstream, Stream.of(items).map(Sample::build).toList());
    }

    private ItemId idOf(UpstreamId upstream, String id) {
        return store.media().idsOf(upstream, List.of(id)).get(id);
    }

    @Test
    void extrasAreFoundByTheirOwnerOnTheirServer() {
        learn(one, movie("1", "Heat", 1995), movie("2", "Ran", 1985));
        learn(one, extra("9", ItemKind.SPECIAL_FEATURE, "1"), extra("8", ItemKind.LOCAL_TRAILER, "1"));
        learn(two, extra("9", ItemKind.THEME_SONG, "1"));

        assertThat(store.media().extrasOf(one, List.of("1")))
                .containsExactly(
                        new Extra("9", ItemKind.SPECIAL_FEATURE, "1"), new Extra("8", ItemKind.LOCAL_TRAILER, "1"));
        assertThat(store.media().extrasOf(one, List.of("2", "9"))).isEmpty();
        assertThat(store.media().extrasOf(two, List.of("1"))).containsExactly(new Extra("9", ItemKind.THEME_SONG, "1"));
    }

    @Test
    void extrasOfOneNameStayThemselves() {
        learn(one, extra("9", ItemKind.LOCAL_TRAILER, "1").named("Trailer"));
        learn(two, extra("9", ItemKind.LOCAL_TRAILER, "1").named("Trailer"));

        assertThat(idOf(one, "9")).isNotEqualTo(idOf(two, "9"));
        assertThat(store.media()
                        .find(List.of(idOf(one, "9")), new Visible(Set.of(one)))
                        .values())
                .singleElement()
                .satisfies(
                        item -> assertThat(item.copies().getFirst().sources()).hasSize(1));
    }

    @Test
    void noSweepMissesThem() {
        learn(one, movie("1", "Heat", 1995), extra("9", ItemKind.LOCAL_TRAILER, "1"));
        long sweep = store.media().beginSweep(one);

        assertThat(store.media().unseenSince(one, sweep)).containsExactly("1");
    }

    @Test
    void theyGoWithTheirOwnerOrItsVersion() {
        learn(one, movie("1", "Heat", 1995).source("ms-other", "7"));
        learn(one, extra("9", ItemKind.LOCAL_TRAILER, "1"), extra("10", ItemKind.ADDITIONAL_PART, "7"));
        learn(two, movie("1", "Heat", 1995), extra("9", ItemKind.LOCAL_TRAILER, "1"));
        ItemId trailer = idOf(one, "9");
        ItemId part = idOf(one, "10");

        IndexChange change = store.media().forget(one, List.of("1"));

        assertThat(change.removed()).containsExactlyInAnyOrder(trailer, part);
        assertThat(store.media().extrasOf(one, List.of("1", "7"))).isEmpty();
        assertThat(store.media().extrasOf(two, List.of("1"))).hasSize(1);
    }
}
