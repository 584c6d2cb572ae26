package org.embygateway.app;

import org.embygateway.route.Reply;

/** The status a reply will have, as far as it is known before the edge sends it. */
final class StatusOf {
    private StatusOf() {}

    static int reply(Reply reply) {
        return switch (reply) {
            case Reply.Json(int status, var body) -> status;
            case Reply.Bytes bytes -> bytes.status();
            case Reply.Repeated repeated -> 200;
            case Reply.Empty(int status, var headers) -> status;
            case Reply.Redirect redirect -> 302;
            case Reply.Relay relay -> 200;
            case Reply.WebSocket socket -> 101;
        };
    }
}
