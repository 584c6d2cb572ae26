package org.embygateway.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.embygateway.index.AccountRecord;
import org.embygateway.index.Accounts;
import org.embygateway.index.Accounts.UpstreamSignIn;
import org.embygateway.protocol.WouldWait;

/**
 * The tokens of accounts on upstreams, one per account and device: kept in the store, made on first need, renewed when
 * refused. However many ask at once, one sign-in is under way per account and device, on a thread of its own, so that
 * nobody's hang-up spoils it for the others.
 */
final class UpstreamSignIns {
    /** A server that refuses tokens it has just given must not be stormed with sign-ins. */
    private static final int RENEWALS = 3;

    private static final Duration RENEWALS_WITHIN = Duration.ofMinutes(1);
    private static final int MOST_PLACES = 10_000;

    private final Accounts accounts;
    private final Login login;
    private final Refusals refusals;
    private final InstantSource clock;
    private final Cache<Key, Place> places =
            Caffeine.newBuilder().maximumSize(MOST_PLACES).build();

    UpstreamSignIns(Accounts accounts, Login login, InstantSource clock) {
        this.accounts = accounts;
        this.login = login;
        this.clock = clock;
        this.refusals = new Refusals(clock);
    }

    /** A token, the login it was made with, and the how-many-eth one it is: a renewal may bring the same token again. */
    record Held(UpstreamSignIn signIn, AccountRecord account, long generation) {
        String token() {
            return signIn.token().value();
        }
    }

    private record Key(long account, String device) {}

    /** The state of one account on one device; changed under its own monitor, which is never held over a call. */
    private static final class Place {
        private AccountRecord account;
        private volatile Optional<Held> held = Optional.empty();
        private Optional<CompletableFuture<Held>> underWay = Optional.empty();
        private long generation;
        private final Deque<Instant> renewals = new ArrayDeque<>();

        private Place(AccountRecord account) {
            this.account = account;
        }

        /** A changed login makes what was obtained with the old one worthless. */
        private void follow(AccountRecord now) {
            boolean same = sameLogin(account, now);
            account = now;
            if (!same) {
                held = Optional.empty();
                underWay = Optional.empty();
                renewals.clear();
            }
        }
    }

    private static boolean sameLogin(AccountRecord one, AccountRecord other) {
        return one.username().equals(other.username()) && one.password().equals(other.password());
    }

    /** The sign-in there is, or a new one. Throws {@link TransportFailed}. */
    Held current(AccountRecord account, String device, Found at, Duration limit) {
        Place place = place(account, device);
        Optional<Held> ready = place.held.filter(h -> sameLogin(h.account(), account));
        if (ready.isPresent()) {
            return ready.get();
        }
        WouldWait.check();
        CompletableFuture<Held> coming;
        synchronized (place) {
            place.follow(account);
            if (place.held.isEmpty() && place.underWay.isEmpty()) {
                place.held =
                        accounts.signIn(account.id(), device).map(kept -> new Held(kept, account, ++place.generation));
            }
            if (place.held.isPresent()) {
                return place.held.get();
            }
            coming = underWay(place, device, at);
        }
        return await(coming, limit);
    }

    /** A sign-in newer than the refused one: whoever asks first makes it, the others get the same. */
    Held renewed(AccountRecord account, String device, Held refused, Found at, Duration limit) {
        WouldWait.check();
        Place place = place(account, device);
        CompletableFuture<Held> coming;
        synchronized (place) {
            place.follow(account);
            Optional<Held> newer = place.held.filter(h -> h.generation() > refused.generation());
            if (newer.isPresent()) {
                return newer.get();
            }
            if (place.underWay.isEmpty()) {
                countRenewal(place);
                place.held = Optional.empty();
                accounts.dropSignIn(account.id(), device);
            }
            coming = underWay(place, device, at);
        }
        return await(coming, limit);
    }

    /** Lets the account try at once, whatever happened to it before. */
    void forgive(AccountRecord account) {
        refusals.forget(account.id());
    }

    private Place place(AccountRecord account, String device) {
        return places.get(new Key(account.id(), device), key -> new Place(account));
    }

    private void countRenewal(Place place) {
        Instant now = clock.instant();
        place.renewals.removeIf(at -> at.isBefore(now.minus(RENEWALS_WITHIN)));
        if (place.renewals.size() >= RENEWALS) {
            throw new TransportFailed(UpstreamFault.SIGN_IN_REFUSED, "refuses the tokens it gives");
        }
        place.renewals.add(now);
    }

    private CompletableFuture<Held> underWay(Place place, String device, Found at) {
        if (place.underWay.isPresent()) {
            return place.underWay.get();
        }
        AccountRecord account = place.account;
        refusals.check(account);
        CompletableFuture<Held> coming = new CompletableFuture<>();
        place.underWay = Optional.of(coming);
        Thread.ofVirtual().name("upstream-sign-in").start(() -> signIn(place, account, device, at, coming));
        return coming;
    }

    private void signIn(Place place, AccountRecord account, String device, Found at, CompletableFuture<Held> coming) {
        try {
            Login.Granted granted = login.signIn(at, account.username(), account.password(), device);
            UpstreamSignIn made = new UpstreamSignIn(account.id(), device, granted.user(), granted.token());
            accounts.putSignIn(made);
            refusals.forget(account.id());
            coming.complete(settled(place, account, coming, made));
        } catch (TransportFailed e) {
            refusals.failed(account, e);
            unsettled(place, coming, e);
        } catch (RuntimeException e) {
            unsettled(place, coming, e);
        }
    }

    private static Held settled(
            Place place, AccountRecord account, CompletableFuture<Held> coming, UpstreamSignIn made) {
        synchronized (place) {
            Held held = new Held(made, account, ++place.generation);
            if (place.underWay.filter(f -> f == coming).isPresent()) {
                place.held = Optional.of(held);
                place.underWay = Optional.empty();
            }
            return held;
        }
    }

    private static void unsettled(Place place, CompletableFuture<Held> coming, RuntimeException why) {
        synchronized (place) {
            if (place.underWay.filter(f -> f == coming).isPresent()) {
                place.underWay = Optional.empty();
            }
        }
        coming.completeExceptionally(why);
    }

    private static Held await(CompletableFuture<Held> coming, Duration limit) {
        try {
            return coming.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new TransportFailed(UpstreamFault.TIMED_OUT, "did not complete a sign-in in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportFailed(UpstreamFault.TIMED_OUT, "was no longer waited for");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TransportFailed failed) {
                throw new TransportFailed(failed.fault(), failed.reason());
            }
            throw new IllegalStateException("sign-in failed unexpectedly", e.getCause());
        }
    }
}
