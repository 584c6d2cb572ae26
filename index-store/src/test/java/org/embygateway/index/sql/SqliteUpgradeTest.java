package org.embygateway.index.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embygateway.index.sql.Sample.movie;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.embygateway.index.IndexChange;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.Outline;
import org.embygateway.index.Store;
import org.embygateway.index.StoreOptions;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that older versions wrote lose nothing. */
class SqliteUpgradeTest {
    private static final UpstreamId ONE = new UpstreamId(1);

    @TempDir
    Path folder;

    private Store open() {
        return Stores.open(StoreOptions.sqlite(folder.resolve("gateway.db").toString(), new Secret("key")));
    }

    private static UpstreamItem named(String id, String person) {
        return movie(id, "Film " + id, 1990)
                .id("tmdb", id)
                .names(ItemKind.PERSON, person, "p1", "Actor", Map.of())
                .build();
    }

    /** A file as the schema of version 3 kept it, with two films of one person. */
    private void oldDatabase() throws SQLException {
        try (Store store = open()) {
            store.media().learn(ONE, List.of(named("1", "Al Pacino"), named("2", "Al Pacino")));
        }
        Path old = folder.resolve("old.db");
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + old, null, null)
                .locations("classpath:db/migration/sqlite")
                .target("3")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + old);
                Statement sql = connection.createStatement()) {
            sql.execute("ATTACH '%s' AS new".formatted(folder.resolve("gateway.db")));
            for (String table :
                    List.of("setting", "sequence", "item", "item_copy", "copy_document", "copy_key", "media_source")) {
                String columns = columns(sql, table);
                sql.execute("INSERT INTO main.%1$s (%2$s) SELECT %2$s FROM new.%1$s".formatted(table, columns));
            }
            sql.execute("INSERT INTO copy_naming SELECT 1, copy_id FROM copy_document");
            sql.execute("UPDATE copy_naming SET named = (SELECT id FROM item_copy WHERE kind = 21)");
        }
        assertThat(old.toFile().renameTo(folder.resolve("gateway.db").toFile())).isTrue();
    }

    /** Those that the old version had. */
    private static String columns(Statement sql, String table) throws SQLException {
        try (ResultSet names =
                sql.executeQuery("SELECT group_concat(name, ', ') FROM pragma_table_info('%s')".formatted(table))) {
            return names.getString(1);
        }
    }

    @Test
    void whoNamesWhomIsKnownAfterTheUpgrade() throws SQLException {
        oldDatabase();
        try (Store store = open()) {
            ItemId first = store.media().idsOf(ONE, List.of("1")).get("1");
            assertThat(store.media().copies(ONE)).isEqualTo(2);
            IndexChange change = store.media().learn(ONE, List.of(named("3", "Alfredo James Pacino")));
            assertThat(change.changed()).contains(first).hasSize(4);
        }
        open().close();
    }

    @Test
    void excerptsAreMadeOfDocumentsThatHadNoneOrOthers() throws SQLException {
        oldDatabase();
        WholeExcerpts excerpts = new WholeExcerpts(7);
        try (Store store = open()) {
            store.media().learn(ONE, List.of(named("3", "Al Pacino")), new WholeExcerpts(6));
            store.media().learn(ONE, List.of(named("4", "Al Pacino")), excerpts);
            MediaIndex.State before = store.media().state().orElseThrow();
            assertThat(excerpts(store, excerpts)).hasSize(1);
            assertThat(outlines(store, excerpts))
                    .allSatisfy(outline -> assertThat(outline.byName())
                            .hasSize(
                                    outline.kind() == ItemKind.MOVIE
                                                    && outline.copies()
                                                            .getFirst()
                                                            .excerpt()
                                                            .isEmpty()
                                            ? 1
                                            : 0));
            renew(store, excerpts);
            assertThat(excerpts(store, excerpts))
                    .containsExactlyInAnyOrder(
                            "7 1 1 MOVIE {\"Id\":\"1\",\"Name\":\"Film 1\"}",
                            "7 1 2 MOVIE {\"Id\":\"2\",\"Name\":\"Film 2\"}",
                            "7 1 3 MOVIE {\"Id\":\"3\",\"Name\":\"Film 3\"}",
                            "7 1 4 MOVIE {\"Id\":\"4\",\"Name\":\"Film 4\"}");
            assertThat(store.media().state()).hasValue(before);
        }
    }

    private static void renew(Store store, WholeExcerpts excerpts) {
        OptionalInt at = OptionalInt.of(0);
        while (at.isPresent()) {
            at = store.media().renew(excerpts, at.getAsInt());
        }
    }

    private static List<Outline> outlines(Store store, WholeExcerpts excerpts) {
        List<Outline> outlines = new ArrayList<>();
        store.media().outlines(excerpts.form(), outlines::add);
        return outlines;
    }

    private static List<String> excerpts(Store store, WholeExcerpts excerpts) {
        return outlines(store, excerpts).stream()
                .flatMap(outline -> outline.copies().stream())
                .flatMap(part -> part.excerpt().stream())
                .map(excerpt -> new String(excerpt.bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void whatOlderRulesKeptApartIsMergedAtTheStart() throws SQLException {
        UpstreamId two = new UpstreamId(2);
        try (Store store = open()) {
            store.media().learn(ONE, List.of(movie("1", "The Matrix", 1999).build()));
            spoilKeys();
            store.media().learn(two, List.of(movie("1", "Matrix", 1999).build()));
            assertThat(store.media().idsOf(two, List.of("1")))
                    .isNotEqualTo(store.media().idsOf(ONE, List.of("1")));
        }
        try (Store store = open()) {
            assertThat(store.media().idsOf(two, List.of("1")))
                    .isEqualTo(store.media().idsOf(ONE, List.of("1")));
        }
    }

    @Test
    void artistsBecomeNamesUnderTheIdsTheyHadAndTheirServersAreReadOnceMore() throws SQLException {
        Path old = folder.resolve("gateway.db");
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + old, null, null)
                .locations("classpath:db/migration/sqlite")
                .target("6")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + old);
                Statement sql = connection.createStatement()) {
            sql.execute("INSERT INTO item (id, kind) VALUES (1600, 9)");
            sql.execute("INSERT INTO sequence (name, next) VALUES ('item', 1601), ('copy', 2)");
            sql.execute("""
                    INSERT INTO item_copy (id, upstream, space, upstream_item_id, has_id, kind, gone, seen, content,
                        item_id, home_id, library_id, name, run_time, provider_ids, parent_id, series_id, season_id,
                        series_item, season_item, collection_type)
                    VALUES (1, 1, 0, 'a1', 1, 9, 0, 0, 1, 1600, 1600, '3', 'Joni', 0, '', '', '', '', 0, 0, '')
                    """);
            sql.execute("INSERT INTO sync_state (upstream, checkpoint, fully_indexed) VALUES (1, '', 1), (2, '', 1)");
        }
        try (Store store = open()) {
            assertThat(store.syncStates().find(ONE).orElseThrow().fullyIndexed())
                    .isFalse();
            assertThat(store.syncStates().find(new UpstreamId(2)).orElseThrow().fullyIndexed())
                    .isTrue();
            store.media()
                    .learn(
                            ONE,
                            List.of(Sample.item("s1", ItemKind.AUDIO, "Carey")
                                    .names(ItemKind.MUSIC_ARTIST, "Joni", "a1", "Artist", Map.of())
                                    .build()));
            ItemId song = store.media().idsOf(ONE, List.of("s1")).get("s1");
            assertThat(store.media().read(List.of(song)).getFirst().byName())
                    .extracting(ref -> ref.id().value())
                    .containsExactly(1600);
        }
    }

    /** As if other rules had made them. */
    private void spoilKeys() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("gateway.db"));
                Statement sql = connection.createStatement()) {
            sql.execute("UPDATE copy_key SET hash = hash + 1");
            sql.execute("UPDATE setting SET value = '1' WHERE name = 'merge.rules'");
        }
    }
}
