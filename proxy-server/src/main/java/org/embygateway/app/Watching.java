package org.embygateway.app;

import java.time.Duration;
import org.embygateway.local.Sessions;
import org.embygateway.route.Call;
import org.embygateway.route.Reply;

/** What is noticed of every request on its way: sessions, streams, counts. */
record Watching(GatewayMetrics metrics, ActiveStreams streams, Sessions sessions) {
    /** Any request of a signed-in device makes or refreshes its session. */
    void asked(Call call) {
        call.caller().ifPresent(caller -> sessions.seen(caller, call.remoteAddress()));
    }

    Reply noticed(Reply reply) {
        return streams.noticed(reply);
    }

    void answered(String template, Reply reply, Duration took) {
        metrics.answered(template, StatusOf.reply(reply), took);
    }

    void waited(String template) {
        metrics.waited(template);
    }

    void unknown(String method, String path) {
        metrics.unknownPath(method, path);
    }
}
