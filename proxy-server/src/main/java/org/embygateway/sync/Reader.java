package org.embygateway.sync;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.Actor;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;
import org.embygateway.upstream.UpstreamRequest;

/**
 * Puts a crawl's questions to an upstream as its budget allows. While the upstream is busy, gone or refuses the sign-in, it
 * waits, longer each time, and asks again; other failures are the question's own and are thrown.
 */
final class Reader {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final UpstreamId upstream;
    private final UpstreamCalls calls;
    private final Budget budget;
    private final Nudge nudge;
    private final Duration firstRetry;
    private final Meter meter;
    private volatile Duration ahead = Duration.ZERO;

    Reader(UpstreamId upstream, UpstreamCalls calls, Budget budget, Nudge nudge, Duration firstRetry, Meter meter) {
        this.upstream = upstream;
        this.calls = calls;
        this.budget = budget;
        this.nudge = nudge;
        this.firstRetry = firstRetry;
        this.meter = meter;
    }

    Page page(Question question) throws InterruptedException {
        return Page.of(answer(question), upstream);
    }

    Entry entry(Question question) throws InterruptedException {
        return Entry.of(answer(question), upstream);
    }

    private byte[] answer(Question question) throws InterruptedException {
        Duration wait = firstRetry;
        while (true) {
            try {
                byte[] answer = paced(question);
                meter.goesOn();
                return answer;
            } catch (UpstreamFailed e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (!passes(e)) {
                    throw e;
                }
                meter.waits(e);
                rest(e, wait);
                wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
            }
        }
    }

    /** Looks at the upstream's clock; some go wrong by hours. */
    void setClock() throws InterruptedException {
        try (Budget.Turn turn = budget.crawl()) {
            UpstreamRequest question = UpstreamRequest.get("/System/Info/Public", Map.of(), LIMIT);
            Instant date = calls.send(upstream, Actor.GATEWAY, question)
                    .headers()
                    .first("Date")
                    .map(text -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)))
                    .orElseGet(Instant::now);
            ahead = Duration.between(Instant.now(), date);
        } catch (UpstreamFailed e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        } catch (DateTimeException e) {
            ahead = Duration.ZERO;
        }
    }

    /** What time it is on the upstream, as far as it was looked at. */
    Instant now() {
        return Instant.now().plus(ahead);
    }

    /** A busy server is left alone by everyone, for as long as it says; whatever else it is may be over any moment. */
    private void rest(UpstreamFailed why, Duration wait) throws InterruptedException {
        if (why.fault() == UpstreamFault.BUSY) {
            budget.rest(why.retryAfter().orElse(wait));
        } else {
            nudge.await(wait);
        }
    }

    private byte[] paced(Question question) throws InterruptedException {
        try (Budget.Turn turn = budget.crawl()) {
            return calls.body(upstream, Actor.GATEWAY, question.request(LIMIT));
        }
    }

    /** A pause that grows with the failures in a row. */
    void rest(UpstreamFailed why, int failures) throws InterruptedException {
        meter.waits(why);
        Duration wait = firstRetry.multipliedBy(failures);
        nudge.await(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    private static boolean passes(UpstreamFailed failure) {
        return switch (failure.fault()) {
            case UNREACHABLE, BUSY, SIGN_IN_REFUSED -> true;
            case TIMED_OUT, BAD_ANSWER, NOT_FOUND, FORBIDDEN -> false;
        };
    }
}
