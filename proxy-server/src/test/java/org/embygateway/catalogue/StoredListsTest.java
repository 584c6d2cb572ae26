package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.embygateway.auth.People;
import org.embygateway.auth.Requests;
import org.embygateway.index.IndexChange;
import org.embygateway.index.OwnList;
import org.embygateway.index.OwnLists;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UserId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredListsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path folder;

    private final List<String> asked = new ArrayList<>();
    private People people;
    private StoredLists stored;
    private OwnList first;
    private OwnList second;

    @BeforeEach
    void open() {
        people = new People(folder, Clock.systemUTC());
        people.add("anna", "pw");
        UserId anna = people.signIn("anna", "pw", Requests.TV).user();
        OwnLists own = people.store.ownLists();
        first = own.create(ItemKind.BOX_SET, "First", anna, "", true, NOW);
        second = own.create(ItemKind.BOX_SET, "Second", anna, "", true, NOW);
        own.add(first.id(), List.of(new ItemId(7001)), NOW);
        stored = new StoredLists(people.store.memberships(), watched(own));
    }

    @AfterEach
    void close() {
        people.close();
    }

    private OwnLists watched(OwnLists own) {
        return (OwnLists) Proxy.newProxyInstance(
                OwnLists.class.getClassLoader(), new Class<?>[] {OwnLists.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName() + (arguments == null ? "" : " " + arguments[0]));
                    try {
                        return method.invoke(own, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void anEditReadsTheListItIsAboutAndNoOther() {
        Lists before = stored.all();
        people.store.ownLists().rename(first.id(), "Other", NOW);
        people.store.ownLists().rename(second.id(), "Not looked at", NOW);
        asked.clear();

        Lists after = stored.withOwn(before, List.of(first.id().value()));

        assertThat(asked).containsExactly("find " + first.id());
        assertThat(after.own().get(first.id().value()).name()).isEqualTo("Other");
        assertThat(after.own().get(second.id().value()).name()).isEqualTo("Second");
        people.store.ownLists().delete(first.id());
        assertThat(stored.withOwn(after, List.of(first.id().value())).own())
                .containsOnlyKeys(second.id().value());
    }

    @Test
    void aChangeOfTheIndexReadsTheListsThatHoldWhatChanged() {
        Lists before = stored.all();
        asked.clear();

        stored.after(before, new IndexChange(Set.of(new ItemId(9)), Set.of()), List.of());
        assertThat(asked).isEmpty();

        stored.after(before, new IndexChange(Set.of(new ItemId(7001)), Set.of()), List.of());
        assertThat(asked).containsExactly("find " + first.id());
    }
}
