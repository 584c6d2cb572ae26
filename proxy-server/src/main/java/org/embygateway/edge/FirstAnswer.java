package org.embygateway.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Optional;
import org.embygateway.route.Headers;
import org.embygateway.route.MediaRelay;
import org.embygateway.route.RelayFailure;
import org.embygateway.route.RelaySource;

/** The beginning of an answer with media: the client has nothing yet, and can still be told that there is none. */
final class FirstAnswer implements RelayGoal {
    private final ClientConnection connection;
    private final Answering answering;
    private final MediaRelay media;
    private final RelayReport report;

    FirstAnswer(ClientConnection connection, Answering answering, MediaRelay media) {
        this.connection = connection;
        this.answering = answering;
        this.media = media;
        this.report = new RelayReport(media);
    }

    @Override
    public HttpMethod method() {
        return head().method().equals(HttpMethod.HEAD) ? HttpMethod.HEAD : HttpMethod.GET;
    }

    private HttpRequest head() {
        return answering.head();
    }

    @Override
    public Optional<RelaySource> next(Optional<RelayFailure> failure) {
        return media.next(failure);
    }

    @Override
    public boolean fits(Headers asked, HttpResponse head) {
        return switch (head.status().code()) {
            case 200 -> RelayHead.isMedia(head);
            case 206 -> isOfAPart(asked) && RelayHead.isMedia(head);
            case 304 -> true;
            case 416 -> isOfAPart(asked);
            default -> false;
        };
    }

    private static boolean isOfAPart(Headers request) {
        return request.first("Range").isPresent()
                || request.first("TimeSeekRange.dlna.org").isPresent();
    }

    @Override
    public void accept(RelaySource source, UpstreamStream stream, HttpResponse head, long sent) {
        report.headReceived(sent);
        exchangeTag(source, head.headers());
        if (head.status().code() == 416) {
            stream.abandon();
            refuse(416, Optional.ofNullable(head.headers().get(HttpHeaderNames.CONTENT_RANGE)));
        } else {
            connection.relay(head(), source, stream, head, media, report);
        }
    }

    private void exchangeTag(RelaySource source, HttpHeaders headers) {
        String tag = headers.get(HttpHeaderNames.ETAG);
        if (tag != null) {
            headers.set(HttpHeaderNames.ETAG, media.entityTag(source, tag));
        }
    }

    @Override
    public void refuse(int status) {
        refuse(status, Optional.empty());
    }

    private void refuse(int status, Optional<String> contentRange) {
        over();
        answering.write(Rendering.noMedia(status, contentRange));
    }

    @Override
    public void fail(Throwable fault) {
        over();
        answering.fail(fault);
    }

    @Override
    public void over() {
        report.ended(0, false);
    }
}
