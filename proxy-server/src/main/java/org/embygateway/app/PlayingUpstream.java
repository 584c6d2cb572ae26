package org.embygateway.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.embygateway.broadcast.LivePlayback;
import org.embygateway.play.LiveReports;
import org.embygateway.protocol.ItemId;
import org.embygateway.route.Caller;

/** Takes what broadcasting tells the playing upstream to the play sessions, which know the upstream's ids. */
record PlayingUpstream(LiveReports reports) implements LivePlayback {
    @Override
    public void playing(Caller caller, String playSession, String mediaSource, ItemId item, ObjectNode report) {
        reports.playing(caller, playSession, mediaSource, item, report);
    }

    @Override
    public void progress(Caller caller, String playSession, String mediaSource, ItemId item, ObjectNode report) {
        reports.progress(caller, playSession, mediaSource, item, report);
    }

    @Override
    public void stopped(Caller caller, String playSession, String mediaSource, ItemId item, ObjectNode report) {
        reports.stopped(caller, playSession, mediaSource, item, report);
    }

    @Override
    public void heard(Caller caller, String playSession, Optional<ItemId> item) {
        reports.heard(caller, playSession, item);
    }

    @Override
    public void over(Caller caller, String playSession, ItemId item) {
        reports.over(caller, playSession, item);
    }

    @Override
    public void ping(Caller caller, String playSession) {
        reports.ping(caller, playSession);
    }
}
