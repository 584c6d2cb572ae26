package org.embygateway.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.function.Consumer;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.Actor;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamFailed;

/**
 * Puts a crawl's questions to an upstream at its pace. While the upstream is busy, gone or refuses the sign-in, it
 * waits, longer each time, and asks again; other failures are the question's own and are thrown.
 */
final class Reader {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final UpstreamId upstream;
    private final UpstreamCalls calls;
    private final Pace pace;
    private final Nudge nudge;
    private final Duration firstRetry;
    private final Consumer<String> onTrouble;

    /** @param onTrouble is told why a question is waiting; the empty text when it goes on */
    Reader(
            UpstreamId upstream,
            UpstreamCalls calls,
            Pace pace,
            Nudge nudge,
            Duration firstRetry,
            Consumer<String> onTrouble) {
        this.upstream = upstream;
        this.calls = calls;
        this.pace = pace;
        this.nudge = nudge;
        this.firstRetry = firstRetry;
        this.onTrouble = onTrouble;
    }

    Page page(Question question) throws InterruptedException {
        return Page.of(answer(question), upstream);
    }

    JsonNode answer(Question question) throws InterruptedException {
        Duration wait = firstRetry;
        while (true) {
            try {
                JsonNode answer = paced(question);
                onTrouble.accept("");
                return answer;
            } catch (UpstreamFailed e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (!passes(e)) {
                    throw e;
                }
                onTrouble.accept(e.fault().name());
                nudge.await(wait);
                wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
            }
        }
    }

    private JsonNode paced(Question question) throws InterruptedException {
        pace.turn();
        try {
            return calls.json(upstream, Actor.GATEWAY, question.request(LIMIT));
        } finally {
            pace.over();
        }
    }

    /** A pause that grows with the failures in a row. */
    void rest(int failures) throws InterruptedException {
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
