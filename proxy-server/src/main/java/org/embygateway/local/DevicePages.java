package org.embygateway.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.embygateway.index.SignIn;
import org.embygateway.index.SignIns;
import org.embygateway.index.UserRecord;
import org.embygateway.index.Users;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.route.Call;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;

/**
 * The devices that are signed in, for administrators. A device is all sign-ins of one reported device id; its
 * {@code Id} is that id.
 *
 * <p>Emby API: DeviceService.
 */
public final class DevicePages {
    private final SignIns signIns;
    private final Users users;

    public DevicePages(SignIns signIns, Users users) {
        this.signIns = signIns;
        this.users = users;
    }

    /** {@code {"Items": [DeviceInfo], "TotalRecordCount"}}, the last seen first. */
    public Reply list(Call call) {
        ObjectNode body = EmbyJson.object();
        ArrayNode items = body.putArray("Items");
        devices().values().stream()
                .map(this::info)
                .sorted(Comparator.comparing(
                                (ObjectNode d) -> d.path("DateLastActivity").asText())
                        .reversed())
                .forEach(items::add);
        body.put("TotalRecordCount", items.size());
        return Reply.json(body);
    }

    /** {@code DeviceInfo} by {@code Id}. */
    public Reply info(Call call) {
        return Reply.json(info(device(call)));
    }

    /** Signs the device out, whoever uses it. 204. */
    public Reply delete(Call call) {
        device(call).forEach(s -> signIns.remove(s.id()));
        return Reply.noContent();
    }

    private List<SignIn> device(Call call) {
        List<SignIn> device = devices().get(call.fields().text("Id", ""));
        if (device == null) {
            throw new Refused(404, "Device not found.");
        }
        return device;
    }

    private Map<String, List<SignIn>> devices() {
        return signIns.all().stream()
                .collect(Collectors.groupingBy(s -> s.client().deviceId()));
    }

    private ObjectNode info(List<SignIn> device) {
        SignIn last = device.stream()
                .max(Comparator.comparing(SignIn::lastSeen))
                .orElseThrow(() -> new IllegalStateException("a device without a sign-in"));
        ObjectNode info = EmbyJson.object();
        info.put("Name", last.client().device());
        info.put("Id", last.client().deviceId());
        info.put("InternalId", device.stream().mapToLong(SignIn::id).min().orElse(last.id()));
        info.put("ReportedDeviceId", last.client().deviceId());
        info.put("LastUserName", users.find(last.user()).map(UserRecord::name).orElse(""));
        info.put("AppName", last.client().client());
        info.put("AppVersion", last.client().version());
        info.put("LastUserId", last.user().value());
        info.put("DateLastActivity", EmbyJson.date(last.lastSeen()));
        return info;
    }

    /** No camera uploads: an empty history. */
    public Reply cameraUploads(Call call) {
        ObjectNode body = EmbyJson.object();
        body.put(
                "DeviceId",
                call.query().text("DeviceId", call.signedIn().client().deviceId()));
        body.putArray("FilesUploaded");
        return Reply.json(body);
    }
}
