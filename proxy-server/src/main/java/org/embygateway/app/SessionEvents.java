package org.embygateway.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalLong;
import org.embygateway.broadcast.WatchEvents;
import org.embygateway.local.Sessions;
import org.embygateway.local.SocketHub;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Caller;

/** Tells sessions and sockets what became of watch state. */
record SessionEvents(Sessions sessions, SocketHub sockets) implements WatchEvents {
    @Override
    public void userDataChanged(UserId user, List<ObjectNode> data) {
        sockets.userDataChanged(user, data);
    }

    @Override
    public void playing(Caller caller, ItemId item, ObjectNode report, OptionalLong position) {
        sessions.playing(caller, item, report, position);
    }

    @Override
    public void stopped(Caller caller) {
        sessions.stopped(caller.sessionId());
    }
}
