package org.embygateway.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.embygateway.index.StoreUnavailable;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.route.Headers;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;
import org.embygateway.upstream.UpstreamFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what a handler throws into what the client reads: a short sentence of ours, as text on Emby's routes and as
 * problem details (RFC 9457) on the gateway's own. Never an exception's message, which may hold addresses or tokens.
 */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final Pattern OWN = Pattern.compile("/(auth/(?!keys|providers)|media|progress|admin|gateway)\\b.*");

    Reply reply(RuntimeException failure, String template, String path, String requestId) {
        return switch (failure) {
            case Refused refused -> {
                LOG.debug("{}: refused with {}: {}", template, refused.status(), refused.getMessage());
                yield later(reply(path, refused.status(), refused.getMessage(), requestId), refused.retryAfter());
            }
            case UpstreamFailed failed -> {
                LOG.info("{}: {}", template, failed.getMessage());
                yield reply(path, failed.fault().status(), sentence(failed), requestId);
            }
            case StoreUnavailable unavailable -> {
                LOG.error("{}: {}", template, unavailable.getMessage());
                yield reply(path, 503, "The gateway cannot use its database at the moment.", requestId);
            }
            default -> {
                LOG.error("{}: failed, reference {}", template, requestId, failure);
                yield reply(path, 500, "Something went wrong in the gateway; reference " + requestId + ".", requestId);
            }
        };
    }

    private static Reply later(Reply reply, Optional<Duration> retryAfter) {
        return reply instanceof Reply.Bytes(int status, String type, Headers headers, byte[] body)
                        && retryAfter.isPresent()
                ? new Reply.Bytes(
                        status,
                        type,
                        headers.with(
                                "Retry-After", Long.toString(retryAfter.get().toSeconds())),
                        body)
                : reply;
    }

    private static String sentence(UpstreamFailed failed) {
        return switch (failed.fault()) {
            case UNREACHABLE, SIGN_IN_REFUSED, BAD_ANSWER -> "The media server for this item cannot be used right now.";
            case TIMED_OUT -> "The media server for this item did not answer in time.";
            case NOT_FOUND -> "Item not found.";
            case FORBIDDEN -> "User does not have permission for this item.";
            case BUSY -> "The media server for this item is busy.";
        };
    }

    private static Reply reply(String path, int status, String text, String requestId) {
        return OWN.matcher(path.toLowerCase(Locale.ROOT)).matches()
                ? problem(status, text, requestId)
                : Reply.text(status, text);
    }

    private static Reply problem(int status, String text, String requestId) {
        ObjectNode body = EmbyJson.object();
        body.put("type", "about:blank");
        body.put("title", text);
        body.put("status", status);
        body.put("traceId", requestId);
        return new Reply.Bytes(status, "application/problem+json", Headers.NONE, EmbyJson.write(body));
    }
}
