package org.embygateway.index.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.embygateway.index.AccountRecord;
import org.embygateway.index.Accounts;
import org.embygateway.index.Fingerprints;
import org.embygateway.index.SignIn;
import org.embygateway.index.SyncRules;
import org.embygateway.index.SyncStates;
import org.embygateway.index.UpstreamAccess;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.UserRecord;
import org.embygateway.index.UserRights;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.junit.jupiter.api.Test;

/** People, sign-ins, servers, accounts and small values. */
abstract class RegistryContract extends StoreContract {
    private static final ClientIdentity TV = new ClientIdentity("Emby for TV", "Living room", "tv-1", "2.1");

    @Test
    void aSettingIsDecidedOnceEvenWhenManyAskAtOnce() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> asks = IntStream.range(0, 20)
                    .<Callable<String>>mapToObj(i -> () -> store.settings().findOrCreate("server-id", () -> "id " + i))
                    .toList();
            Set<String> answers = new java.util.HashSet<>();
            for (var answer : callers.invokeAll(asks)) {
                answers.add(answer.get());
            }
            assertThat(answers).hasSize(1);
        }
    }

    @Test
    void settingsOutliveARestart() {
        store.settings().put("a", "1");
        store.settings().put("a", "2");
        restart();
        assertThat(store.settings().find("a")).contains("2");
        assertThat(store.settings().find("b")).isEmpty();
    }

    @Test
    void aUserComesBackAsStored() {
        UpstreamId home = upstream("Home");
        UserRecord alice = new UserRecord(
                UserId.random(),
                "Alice",
                "hash",
                true,
                true,
                new UpstreamAccess.Selected(Set.of(home)),
                "{\"A\":1}",
                NOON,
                Optional.of(NOON.plusSeconds(1)),
                Optional.of(NOON.plusNanos(1)));
        store.users().add(alice);
        restart();
        assertThat(store.users().find(alice.id())).contains(alice);
        assertThat(store.users().named("aLICE")).contains(alice);
        assertThat(store.users().all()).containsExactly(alice);
    }

    @Test
    void twoUsersCannotShareANameWhateverItsCase() {
        user("Ärger");
        assertThatThrownBy(() -> user("äRGER")).isInstanceOf(IllegalArgumentException.class);
        UserId other = user("Other");
        UserRecord renamed = named(store.users().find(other).orElseThrow(), "ärger");
        assertThatThrownBy(() -> store.users().update(renamed)).isInstanceOf(IllegalArgumentException.class);
    }

    private static UserRecord named(UserRecord user, String name) {
        return new UserRecord(
                user.id(),
                name,
                user.passwordHash(),
                user.admin(),
                user.disabled(),
                user.access(),
                user.configuration(),
                user.created(),
                user.lastLogin(),
                user.lastActivity());
    }

    @Test
    void activityAndLoginAreNoted() {
        UserId bob = user("Bob");
        store.users().seen(bob, NOON, true);
        store.users().seen(bob, NOON.plusSeconds(45), false);
        UserRecord seen = store.users().find(bob).orElseThrow();
        assertThat(seen.lastLogin()).contains(NOON);
        assertThat(seen.lastActivity()).contains(NOON.plusSeconds(45));
    }

    @Test
    void removingAUserRemovesAllThatIsTheirs() {
        UserId bob = user("Bob");
        UpstreamId home = upstream("Home");
        store.signIns().add(bob, "s", TV, new Secret("t"), NOON);
        store.preferences().put(bob, "scope", "key", "{}");
        store.accounts().put(home, Optional.of(bob), "bob", new Secret("p"), AccountRecord.WatchState.OWN);
        store.users().remove(bob);
        assertThat(store.users().find(bob)).isEmpty();
        assertThat(store.signIns().byToken(new Secret("t"))).isEmpty();
        assertThat(store.preferences().find(bob, "scope", "key")).isEmpty();
        assertThat(store.accounts().of(home)).isEmpty();
    }

    @Test
    void aTokenFindsItsSignInAfterARestart() {
        SignIn added = store.signIns().add(user("Bob"), "session", TV, new Secret("token"), NOON);
        restart();
        assertThat(store.signIns().byToken(new Secret("token"))).contains(added);
        assertThat(store.signIns().byToken(new Secret("Token"))).isEmpty();
        assertThat(store.signIns().byId(added.id())).contains(added);
    }

    @Test
    void aSignInShowsWhatItsClientLastSaid() {
        SignIn added = store.signIns().add(user("Bob"), "session", TV, new Secret("token"), NOON);
        ClientIdentity updated = new ClientIdentity("Emby for TV", "Bedroom", "tv-1", "2.2");
        store.signIns().seen(added.id(), updated, NOON.plus(Duration.ofHours(1)));
        SignIn seen = store.signIns().byId(added.id()).orElseThrow();
        assertThat(seen.client()).isEqualTo(updated);
        assertThat(seen.lastSeen()).isEqualTo(NOON.plus(Duration.ofHours(1)));
    }

    @Test
    void theSameNewsOfASignInIsWrittenOncePerHalfMinute() {
        SignIn added = store.signIns().add(user("Bob"), "session", TV, new Secret("token"), NOON);
        store.signIns().seen(added.id(), TV, NOON.plusSeconds(1));
        store.signIns().seen(added.id(), TV, NOON.plusSeconds(30));
        assertThat(store.signIns().byId(added.id())).map(SignIn::lastSeen).contains(NOON.plusSeconds(1));
        store.signIns().seen(added.id(), TV, NOON.plusSeconds(31));
        assertThat(store.signIns().byId(added.id())).map(SignIn::lastSeen).contains(NOON.plusSeconds(31));
    }

    @Test
    void signInsAreRevokedOneByOneOrAllButOneOrAll() {
        UserId bob = user("Bob");
        SignIn one = store.signIns().add(bob, "1", TV, new Secret("1"), NOON);
        SignIn two = store.signIns().add(bob, "2", TV, new Secret("2"), NOON);
        SignIn three = store.signIns().add(bob, "3", TV, new Secret("3"), NOON);
        SignIn other = store.signIns().add(user("Eve"), "4", TV, new Secret("4"), NOON);
        store.signIns().remove(one.id());
        assertThat(store.signIns().of(bob)).containsExactly(two, three);
        store.signIns().removeOthers(bob, three.id());
        assertThat(store.signIns().of(bob)).containsExactly(three);
        store.signIns().removeAll(bob);
        assertThat(store.signIns().all()).containsExactly(other);
    }

    @Test
    void aNumberOfASignInIsNotGivenAgain() {
        UserId bob = user("Bob");
        SignIn one = store.signIns().add(bob, "1", TV, new Secret("1"), NOON);
        store.signIns().remove(one.id());
        assertThat(store.signIns().add(bob, "2", TV, new Secret("2"), NOON).id())
                .isGreaterThan(one.id());
    }

    @Test
    void preferencesAreKeptPerUserScopeAndKey() {
        UserId bob = user("Bob");
        store.preferences().put(bob, "emby", "usersettings", "{}");
        store.preferences().put(bob, "emby", "usersettings", "{\"A\":\"1\"}");
        store.preferences().put(bob, "web", "usersettings", "{\"A\":\"2\"}");
        restart();
        assertThat(store.preferences().find(bob, "emby", "usersettings")).contains("{\"A\":\"1\"}");
        assertThat(store.preferences().find(bob, "web", "usersettings")).contains("{\"A\":\"2\"}");
        assertThat(store.preferences().find(user("Eve"), "emby", "usersettings"))
                .isEmpty();
    }

    @Test
    void aRemovedServerGetsItsOldNumberBackAndNobodyElseDoes() {
        UpstreamId first = upstream("First");
        upstream("Second");
        store.upstreams().remove(first);
        assertThat(store.upstreams().find(first)).isEmpty();
        assertThat(upstream("Third")).isEqualTo(new UpstreamId(3));
        restart();
        assertThat(upstream("FIRST")).isEqualTo(first);
        assertThat(store.upstreams().all())
                .extracting(UpstreamRecord::name)
                .containsExactly("Second", "Third", "FIRST");
    }

    @Test
    void serversComeInTheAdminsOrder() {
        UpstreamId first = upstream("First");
        UpstreamId second = upstream("Second");
        UpstreamRecord record = store.upstreams().find(first).orElseThrow();
        UpstreamRecord last = new UpstreamRecord(
                first,
                "Renamed",
                record.url(),
                UpstreamRecord.Kind.JELLYFIN,
                UpstreamRecord.PlaybackMode.REDIRECT,
                UpstreamRecord.SyncMode.LAZY,
                9,
                false,
                true);
        store.upstreams().update(last);
        assertThat(store.upstreams().all()).extracting(UpstreamRecord::id).containsExactly(second, first);
        assertThat(store.upstreams().find(first)).contains(last);

        store.upstreams().putKind(first, UpstreamRecord.Kind.EMBY);
        UpstreamRecord known = store.upstreams().find(first).orElseThrow();
        assertThat(known.kind()).isEqualTo(UpstreamRecord.Kind.EMBY);
        assertThat(known.name()).isEqualTo(last.name());
        assertThat(known.priority()).isEqualTo(last.priority());
    }

    @Test
    void twoServersCannotShareAName() {
        upstream("Home");
        UpstreamId other = upstream("Other");
        assertThatThrownBy(() -> upstream("home")).isInstanceOf(IllegalArgumentException.class);
        store.upstreams().remove(other);
        assertThat(upstream("Other")).isEqualTo(other);
    }

    @Test
    void theOwnAccountIsPreferredToTheDefaultOne() {
        UpstreamId home = upstream("Home");
        UserId bob = user("Bob");
        AccountRecord shared = put(home, Optional.empty(), "shared");
        assertThat(store.accounts().use(home, Optional.of(bob))).contains(shared);
        AccountRecord own = put(home, Optional.of(bob), "bob");
        assertThat(store.accounts().use(home, Optional.of(bob))).contains(own);
        assertThat(store.accounts().use(home, Optional.empty())).contains(shared);
        assertThat(store.accounts().use(upstream("Other"), Optional.of(bob))).isEmpty();
    }

    private AccountRecord put(UpstreamId upstream, Optional<UserId> owner, String name) {
        return store.accounts().put(upstream, owner, name, new Secret("secret"), AccountRecord.WatchState.SHARED);
    }

    @Test
    void aChangedLoginDropsItsSignInsAndTheSameOneKeepsThem() {
        UpstreamId home = upstream("Home");
        AccountRecord account = put(home, Optional.empty(), "shared");
        var signIn = new Accounts.UpstreamSignIn(account.id(), "device", "user", new Secret("token"));
        store.accounts().putSignIn(signIn);
        assertThat(put(home, Optional.empty(), "shared").id()).isEqualTo(account.id());
        restart();
        assertThat(store.accounts().signIn(account.id(), "device")).contains(signIn);
        put(home, Optional.empty(), "another");
        assertThat(store.accounts().signIn(account.id(), "device")).isEmpty();
    }

    @Test
    void aSignInOfARemovedAccountIsDropped() {
        AccountRecord account = put(upstream("Home"), Optional.empty(), "shared");
        store.accounts().remove(account.id());
        store.accounts().putSignIn(new Accounts.UpstreamSignIn(account.id(), "device", "user", new Secret("token")));
        assertThat(store.accounts().signIn(account.id(), "device")).isEmpty();
    }

    @Test
    void removingAServerForgetsItsAccountsAndItsCrawl() {
        UpstreamId home = upstream("Home");
        AccountRecord account = put(home, Optional.empty(), "shared");
        store.accounts().putSignIn(new Accounts.UpstreamSignIn(account.id(), "device", "user", new Secret("token")));
        var state = new SyncStates.SyncState(home, "{}", true, Optional.of(NOON), Optional.empty());
        store.syncStates().put(state);
        assertThat(store.syncStates().find(home)).contains(state);
        store.upstreams().remove(home);
        assertThat(store.accounts().of(home)).isEmpty();
        assertThat(store.accounts().signIn(account.id(), "device")).isEmpty();
        assertThat(store.syncStates().find(home)).isEmpty();
    }

    @Test
    void whatTheOwnerAllowsOutlivesARestartAndLeavesWithTheServer() {
        UpstreamId home = upstream("Home");
        assertThat(store.syncStates().rules(home)).isEqualTo(SyncRules.DEFAULT);
        SyncRules strict = new SyncRules(1, 2, List.of("Films", "7"), List.of("Séries"), true);
        store.syncStates().putRules(home, strict);
        restart();
        assertThat(store.syncStates().rules(home)).isEqualTo(strict);
        store.upstreams().remove(home);
        assertThat(store.syncStates().rules(home)).isEqualTo(SyncRules.DEFAULT);
    }

    @Test
    void howManyStreamsAServerTakesOutlivesARestartAndLeavesWithTheServer() {
        UpstreamId home = upstream("Home");
        assertThat(store.upstreams().streamsAtOnce(home)).isZero();
        store.upstreams().putStreamsAtOnce(home, 3);
        restart();
        assertThat(store.upstreams().streamsAtOnce(home)).isEqualTo(3);
        store.upstreams().remove(home);
        assertThat(store.upstreams().streamsAtOnce(home)).isZero();
    }

    @Test
    void whatAPersonMayDoWithMediaOutlivesARestartAndLeavesWithThePerson() {
        UserId bob = user("Bob");
        assertThat(store.users().rights(bob)).isEqualTo(UserRights.DEFAULT);
        UserRights strict = new UserRights(2, false, false);
        store.users().putRights(bob, strict);
        restart();
        assertThat(store.users().rights(bob)).isEqualTo(strict);
        store.users().remove(bob);
        assertThat(store.users().rights(bob)).isEqualTo(UserRights.DEFAULT);
    }

    @Test
    void librariesAreNamedByNameOrIdAndExcludingGoesFirst() {
        SyncRules rules = new SyncRules(10, 4, List.of("films", "7"), List.of("8", "Old films"), false);
        assertThat(rules.takes("3", "Films")).isTrue();
        assertThat(rules.takes("7", "Anything")).isTrue();
        assertThat(rules.takes("8", "Films")).isFalse();
        assertThat(rules.takes("7", "old films ")).isFalse();
        assertThat(rules.takes("9", "Shows")).isFalse();
        assertThat(SyncRules.DEFAULT.takes("9", "Shows")).isTrue();
    }

    @Test
    void aFingerprintIsOfOneFileOfOneSizeAndGrowsOld() {
        Fingerprints.File file = new Fingerprints.File(upstream("Home"), "1600", 5L << 32);
        Instant taken = Instant.parse("2026-01-02T03:04:05Z");
        store.fingerprints().keep(file, "one", taken);
        store.fingerprints().keep(file, "two", taken.plusSeconds(1));
        restart();
        Fingerprints all = store.fingerprints();
        assertThat(all.find(file, taken.plusSeconds(1))).contains("two");
        assertThat(all.find(file, taken.plusSeconds(2))).isEmpty();
        assertThat(all.find(new Fingerprints.File(file.upstream(), "1600", 5), taken))
                .isEmpty();
        assertThat(all.find(new Fingerprints.File(upstream("Away"), "1600", file.size()), taken))
                .isEmpty();
        store.upstreams().remove(file.upstream());
        assertThat(all.find(file, taken)).isEmpty();
    }
}
