package org.embygateway.play;

import java.util.Optional;
import org.embygateway.play.PlaySessions.Found;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Reply;

/**
 * A client's word that it needs its conversions no longer, as web clients send it on every jump.
 *
 * <p>Emby API: HlsSegmentService, {@code deleteVideosActiveencodings}, {@code postVideosActiveencodingsDelete}.
 */
public final class ActiveEncodings {
    private final PlaySessions sessions;
    private final Encodings encodings;

    ActiveEncodings(PlaySessions sessions, Encodings encodings) {
        this.sessions = sessions;
        this.encodings = encodings;
    }

    /**
     * {@code DELETE /Videos/ActiveEncodings} and {@code POST /Videos/ActiveEncodings/Delete}: those of the play session,
     * or all of the device when it names none. Always 204; the upstreams hear of it in the background.
     */
    public Reply stop(Call call) {
        Caller caller = call.signedIn();
        Optional<String> named = call.fields().text("PlaySessionId");
        if (named.isPresent()) {
            sessions.find(caller, named.get()).map(Found::session).ifPresent(encodings::stop);
        } else {
            encodings.stop(caller);
        }
        return Reply.noContent();
    }
}
