package org.embygateway.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.route.Call;
import org.embygateway.route.Reply;

/**
 * Services the gateway does not offer, in the shapes that clients read without complaint. What they say is true: nothing
 * is registered, nothing is synchronised, there is no news.
 *
 * <p>Emby API: SyncService, RegistrationService, NotificationsService.
 */
public final class NeutralPages {

    /** No licence: apps ask the vendor themselves, and the gateway does not answer for it. */
    public Reply securityInfo(Call call) {
        ObjectNode body = EmbyJson.object();
        body.put("SupporterKey", "");
        body.put("IsMBSupporter", false);
        return Reply.json(body);
    }

    public Reply registration(Call call) {
        ObjectNode body = EmbyJson.object();
        body.put("IsRegistered", false);
        body.put("IsTrial", false);
        return Reply.json(body);
    }

    public Reply syncOptions(Call call) {
        ObjectNode body = EmbyJson.object();
        body.putArray("Targets");
        body.putArray("Options");
        body.putArray("QualityOptions");
        body.putArray("ProfileOptions");
        return Reply.json(body);
    }

    /** Nothing is to be removed: echoing ids here would make apps delete their downloads. */
    public Reply syncData(Call call) {
        ObjectNode body = EmbyJson.object();
        body.putArray("ItemIdsToRemove");
        return Reply.json(body);
    }

    public Reply syncStatus(Call call) {
        return Reply.json(EmbyJson.object());
    }

    /** {@code {"Notifications": [], "TotalRecordCount": 0}} for clients older than 4.8. */
    public Reply notifications(Call call) {
        ObjectNode body = EmbyJson.object();
        body.putArray("Notifications");
        body.put("TotalRecordCount", 0);
        return Reply.json(body);
    }

    public Reply notificationsSummary(Call call) {
        ObjectNode body = EmbyJson.object();
        body.put("UnreadCount", 0);
        return Reply.json(body);
    }
}
