package org.embygateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.embygateway.index.UpstreamAccess;
import org.embygateway.index.UserRecord;
import org.embygateway.protocol.ClientIdentity;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInTest {
    private static final ClientIdentity PHONE = new ClientIdentity("Emby iOS", "Phone", "phone-1", "1.0");

    @TempDir
    private Path folder;

    private People people;

    @BeforeEach
    void open() {
        people = new People(folder, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        people.close();
    }

    private static int refusal(Runnable action) {
        try {
            action.run();
            return 0;
        } catch (Refused e) {
            return e.status();
        }
    }

    private int attempt(String name, String password, String address) {
        return refusal(() -> people.signIn.byName(name, new Secret(password), Requests.TV, address));
    }

    @Test
    void namesAreTakenInAnyCase() {
        people.add("Anna", "pw");

        assertThat(people.signIn(" aNNa ", "pw", Requests.TV).userName()).isEqualTo("Anna");
    }

    @Test
    void theSameDeviceKeepsItsSessionAndItsEarlierTokens() {
        people.add("anna", "pw");

        Caller first = people.signIn("anna", "pw", Requests.TV);
        Caller second = people.signIn("anna", "pw", Requests.TV);
        Caller phone = people.signIn("anna", "pw", PHONE);

        assertThat(second.sessionId()).isEqualTo(first.sessionId());
        assertThat(second.token()).isNotEqualTo(first.token());
        assertThat(phone.sessionId()).isNotEqualTo(first.sessionId());
        assertThat(people.caller(first.token())).isPresent();
    }

    @Test
    void aDeviceThatSignsInForEverLeavesABoundedNumberOfTokens() {
        UserRecord anna = people.add("anna", "pw");

        for (int i = 0; i < 15; i++) {
            people.signIn("anna", "pw", Requests.TV);
        }

        assertThat(people.store.signIns().of(anna.id())).hasSize(10);
    }

    @Test
    void signingOutEndsThatDeviceOnly() {
        people.add("anna", "pw");
        Caller tv = people.signIn("anna", "pw", Requests.TV);
        Caller phone = people.signIn("anna", "pw", PHONE);

        people.signIn.signOut(people.authenticator.signInOf(tv.token()).orElseThrow());

        assertThat(people.caller(tv.token())).isEmpty();
        assertThat(people.caller(phone.token())).isPresent();
    }

    @Test
    void aDisabledUsersTokenStopsAtOnce() {
        UserRecord anna = people.add("anna", "pw");
        Caller tv = people.signIn("anna", "pw", Requests.TV);
        assertThat(people.caller(tv.token())).isPresent();

        people.users.update(disabled(anna));

        assertThat(people.caller(tv.token())).isEmpty();
        assertThat(attempt("anna", "pw", "192.0.2.1")).isEqualTo(403);
        assertThat(attempt("anna", "wrong", "192.0.2.1")).isEqualTo(401);
    }

    private static UserRecord disabled(UserRecord u) {
        return new UserRecord(
                u.id(),
                u.name(),
                u.passwordHash(),
                u.admin(),
                true,
                u.access(),
                u.configuration(),
                u.created(),
                u.lastLogin(),
                u.lastActivity());
    }

    @Test
    void aUserWithoutAPasswordComesInWithTheEmptyOneOnly() {
        people.add("guest", "");
        people.add("anna", "pw");

        assertThat(attempt("guest", "", "192.0.2.1")).isZero();
        assertThat(attempt("guest", "x", "192.0.2.2")).isEqualTo(401);
        assertThat(attempt("anna", "", "192.0.2.3")).isEqualTo(401);
        assertThat(attempt("nobody", "", "192.0.2.4")).isEqualTo(401);
    }

    @Test
    void passwordsBeyondTheLimitOfBcryptAreNotCut() {
        people.add("anna", "x".repeat(100) + "1");

        assertThat(attempt("anna", "x".repeat(100) + "2", "192.0.2.1")).isEqualTo(401);
        assertThat(attempt("anna", "x".repeat(100) + "1", "192.0.2.1")).isZero();
    }

    @Test
    void fiveBadPasswordsHoldUpThatAddressOnly() {
        people.add("anna", "pw");
        for (int i = 0; i < 5; i++) {
            assertThat(attempt("anna", "bad" + i, "192.0.2.1")).isEqualTo(401);
        }

        assertThat(attempt("anna", "pw", "192.0.2.1")).isEqualTo(429);
        assertThat(attempt("anna", "pw", "192.0.2.2")).isZero();
    }

    @Test
    void oneIpv6NetworkCountsAsOneAddress() {
        for (int i = 0; i < 5; i++) {
            attempt("anna", "bad", "2001:db8:1:2::" + i);
        }

        assertThat(attempt("anna", "bad", "2001:db8:1:2:ffff::1")).isEqualTo(429);
        assertThat(attempt("anna", "bad", "2001:db8:1:3::1")).isEqualTo(401);
    }

    @Test
    void anOwnGoodPasswordDoesNotHideGuessesAtAnothers() {
        people.add("mallory", "m");
        people.add("anna", "pw");
        for (int i = 0; i < 5; i++) {
            attempt("anna", "bad" + i, "192.0.2.1");
            if (i < 4) {
                assertThat(attempt("mallory", "m", "192.0.2.1")).isZero();
            }
        }

        assertThat(attempt("anna", "pw", "192.0.2.1")).isEqualTo(429);
    }

    @Test
    void theTableOfBadAddressesIsBounded() {
        Throttle throttle = new Throttle(5, Duration.ofMinutes(5));
        for (int i = 0; i < 30_000; i++) {
            throttle.failed("10.%d.%d.1".formatted(i / 250, i % 250), "anna");
        }

        assertThat(throttle.addresses()).isLessThanOrEqualTo(10_000);
    }

    @Test
    void aJwtIsAsGoodAsTheTokenUntilTheSignInEnds() {
        people.add("anna", "pw");
        SignedIn signedIn = people.signIn.byName("anna", new Secret("pw"), Requests.TV, "192.0.2.1");
        Secret jwt = people.jwts.issue(signedIn.signIn());

        assertThat(people.caller(jwt).map(Caller::sessionId))
                .contains(signedIn.signIn().sessionId());
        assertThat(people.caller(new Secret(jwt.value() + "x"))).isEmpty();

        people.signIn.signOut(signedIn.signIn());
        assertThat(people.caller(jwt)).isEmpty();
    }

    @Test
    void aJwtOfAnotherKeyOrPastItsTimeIsNothing() {
        people.add("anna", "pw");
        SignedIn signedIn = people.signIn.byName("anna", new Secret("pw"), Requests.TV, "192.0.2.1");
        Clock past = Clock.offset(Clock.systemUTC(), Duration.ofDays(-2));
        Optional<Duration> day = Optional.of(Duration.ofDays(1));

        assertThat(people.caller(new Jwts(new Secret("another key"), day, Clock.systemUTC()).issue(signedIn.signIn())))
                .isEmpty();
        Secret key = new Secret("a signing key for tests, long enough");
        assertThat(people.caller(new Jwts(key, day, past).issue(signedIn.signIn())))
                .isEmpty();
        assertThat(people.caller(new Jwts(key, day, Clock.systemUTC()).issue(signedIn.signIn())))
                .isPresent();
    }

    @Test
    void aSignInRemembersNewNamesOfItsDeviceButNeverAnotherDevice() {
        people.add("anna", "pw");
        Caller tv = people.signIn("anna", "pw", Requests.TV);

        Caller renamed = people.authenticator
                .callerOf(new Credentials(
                        Optional.of(tv.token()), new ClientIdentity("Emby TV", "Kitchen", "tv-1", "3.0")))
                .orElseThrow();
        Caller foreign = people.authenticator
                .callerOf(new Credentials(Optional.of(tv.token()), new ClientIdentity("VLC", "x", "y", "z")))
                .orElseThrow();

        assertThat(renamed.client()).isEqualTo(new ClientIdentity("Emby TV", "Kitchen", "tv-1", "3.0"));
        assertThat(foreign.client().deviceId()).isEqualTo("tv-1");
        assertThat(foreign.sessionId()).isEqualTo(tv.sessionId());
    }

    @Test
    void aUserSeesExactlyTheUpstreamsGranted() {
        UserRecord anna = people.add("anna", "pw");
        Caller before = people.signIn("anna", "pw", Requests.TV);
        people.users.update(new UserRecord(
                anna.id(),
                anna.name(),
                anna.passwordHash(),
                false,
                false,
                new UpstreamAccess.Selected(Set.of(new UpstreamId(2), new UpstreamId(9))),
                "{}",
                anna.created(),
                Optional.empty(),
                Optional.empty()));

        assertThat(before.visible().upstreams()).isEqualTo(People.UPSTREAMS);
        assertThat(people.caller(before.token()).orElseThrow().visible().upstreams())
                .containsExactly(new UpstreamId(2));
    }

    @Test
    void aNewPasswordEndsTheOtherSignIns() {
        UserRecord anna = people.add("anna", "pw");
        Caller tv = people.signIn("anna", "pw", Requests.TV);
        Caller phone = people.signIn("anna", "pw", PHONE);
        var keep = people.authenticator.signInOf(tv.token()).orElseThrow();

        assertThat(refusal(() -> people.signIn.changePassword(
                        anna.id(), new Secret("no"), new Secret("new"), keep, "192.0.2.1")))
                .isEqualTo(400);
        people.signIn.changePassword(anna.id(), new Secret("pw"), new Secret("new"), keep, "192.0.2.1");

        assertThat(people.caller(tv.token())).isPresent();
        assertThat(people.caller(phone.token())).isEmpty();
        assertThat(attempt("anna", "pw", "192.0.2.9")).isEqualTo(401);
        assertThat(attempt("anna", "new", "192.0.2.9")).isZero();
    }

    @Test
    void theFirstAdministratorNeedsTheCodeOfTheLog() {
        assertThat(people.setup.setupNeeded()).isTrue();
        assertThatThrownBy(() -> people.setup.finish("AAAA-AAAA", "root", new Secret("pw"), "192.0.2.1"))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.status()).isEqualTo(403));

        String code = people.setup.code().value().toLowerCase(Locale.ROOT);
        people.setup.finish(code, "root", new Secret("pw"), "192.0.2.1");

        assertThat(people.setup.setupNeeded()).isFalse();
        assertThat(people.signIn("root", "pw", Requests.TV).admin()).isTrue();
        assertThat(refusal(() -> people.setup.finish(code, "two", new Secret("pw"), "192.0.2.1")))
                .isEqualTo(409);
    }

    @Test
    void theConfiguredAdministratorIsMadeOnceAndKeepsAChangedPassword() {
        people.setup.ensureAdministrator("root", new Secret("first"));
        people.setup.ensureAdministrator("ROOT", new Secret("second"));

        assertThat(people.users.all()).hasSize(1);
        assertThat(attempt("root", "first", "192.0.2.1")).isZero();
    }
}
