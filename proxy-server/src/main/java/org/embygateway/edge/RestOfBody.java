package org.embygateway.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Optional;
import org.embygateway.route.ByteSpan;
import org.embygateway.route.Headers;
import org.embygateway.route.RelayFailure;
import org.embygateway.route.RelaySource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rest of a body that broke off: the client has its beginning, and gets exactly what is missing or no more. */
final class RestOfBody implements RelayGoal {
    private static final Logger LOG = LoggerFactory.getLogger(RestOfBody.class);

    private final ClientConnection connection;
    private final RelayStart broken;
    private final long given;
    private final ByteSpan missing;

    /** @param given how many bytes of the body the client has been given */
    RestOfBody(ClientConnection connection, RelayStart broken, long given, ByteSpan missing) {
        this.connection = connection;
        this.broken = broken;
        this.given = given;
        this.missing = missing;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.GET;
    }

    @Override
    public Optional<RelaySource> next(Optional<RelayFailure> failure) {
        return broken.media().rest(broken.source(), missing);
    }

    @Override
    public boolean fits(Headers asked, HttpResponse head) {
        return head.status().code() == 206
                && !head.headers().contains(HttpHeaderNames.CONTENT_ENCODING)
                && ByteSpan.ofContentRange(head.headers().get(HttpHeaderNames.CONTENT_RANGE, ""))
                        .filter(missing::equals)
                        .isPresent();
    }

    @Override
    public void accept(RelaySource source, UpstreamStream stream, HttpResponse head, long sent) {
        LOG.info(
                "upstream {} broke off a stream, upstream {} goes on",
                broken.source().upstream(),
                source.upstream());
        connection.goOn(broken.from(source, stream, given));
    }

    @Override
    public void refuse(int status) {
        end();
    }

    @Override
    public void fail(Throwable fault) {
        LOG.error("the rest of a stream cannot be looked for", fault);
        end();
    }

    private void end() {
        over();
        connection.cut(broken);
    }

    @Override
    public void over() {
        broken.report().ended(given, false);
    }
}
