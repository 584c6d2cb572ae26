package org.embygateway.upstream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.embygateway.index.AccountRecord;
import org.jspecify.annotations.Nullable;

/**
 * Accounts that could not be signed in lately, and until when not to try again: servers lock an account after a few
 * wrong passwords. A changed name or password is tried at once.
 */
final class Refusals {
    private static final Duration FIRST = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration AFTER_BAD_ANSWER = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final Map<Long, Refusal> byAccount = new ConcurrentHashMap<>();

    Refusals(InstantSource clock) {
        this.clock = clock;
    }

    private record Refusal(AccountRecord account, TransportFailed why, Duration pause, Instant until) {}

    /** Throws the failure of the last attempt again while its time is not over. */
    void check(AccountRecord account) {
        Refusal last = byAccount.get(account.id());
        if (last != null && last.account.equals(account) && clock.instant().isBefore(last.until)) {
            throw new TransportFailed(last.why.fault(), last.why.reason());
        }
    }

    void failed(AccountRecord account, TransportFailed why) {
        if (why.fault() == UpstreamFault.UNREACHABLE || why.fault() == UpstreamFault.TIMED_OUT) {
            return;
        }
        byAccount.compute(account.id(), (id, last) -> {
            Duration pause = pause(why, last);
            return new Refusal(account, why, pause, clock.instant().plus(pause));
        });
    }

    private static Duration pause(TransportFailed why, @Nullable Refusal last) {
        if (why.fault() != UpstreamFault.SIGN_IN_REFUSED) {
            return AFTER_BAD_ANSWER;
        }
        Duration doubled = last == null ? FIRST : last.pause.multipliedBy(2);
        Duration atLeast = doubled.compareTo(FIRST) < 0 ? FIRST : doubled;
        return atLeast.compareTo(LONGEST) > 0 ? LONGEST : atLeast;
    }

    void forget(long accountId) {
        byAccount.remove(accountId);
    }
}
