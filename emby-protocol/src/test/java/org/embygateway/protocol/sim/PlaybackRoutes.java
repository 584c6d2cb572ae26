package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.Params;

/** Negotiating how an item plays. */
final class PlaybackRoutes {
    private final SimWorld world;
    private final Whose whose;

    PlaybackRoutes(SimWorld world, Whose whose) {
        this.world = world;
        this.whose = whose;
    }

    void register(SimRoutes routes) {
        routes.get("/Items/{Id}/PlaybackInfo", this::playbackInfo);
        routes.post("/Items/{Id}/PlaybackInfo", this::playbackInfo);
        routes.delete("/Videos/ActiveEncodings", !world.face().isJellyfin(), this::endEncodings);
    }

    private SimReply playbackInfo(Exchange exchange) {
        SimItem item = world.item(exchange, exchange.part("Id"));
        Params options = exchange.fields();
        requireUser(exchange, options);
        if (!item.kind.isPlayable()) {
            throw new SimError(400, "The item does not play: " + item.kind.wireName());
        }
        Optional<String> wanted = options.text("MediaSourceId");
        List<SimVersion> versions = item.versions.stream()
                .filter(v -> wanted.isEmpty() || isMeant(v, wanted.get()))
                .toList();
        if (versions.isEmpty()) {
            return SimReply.json(error("NoCompatibleStream"));
        }
        String playSession = options.text("CurrentPlaySessionId")
                .filter(world.playSessions()::containsKey)
                .map(old -> Hex32.random())
                .orElseGet(Hex32::random);
        JsonNode profile = Exchange.member(exchange.json(), "DeviceProfile");
        ObjectNode answer = EmbyJson.object();
        ArrayNode sources = answer.putArray("MediaSources");
        for (SimVersion version : versions) {
            sources.add(negotiated(exchange, item, version, options, profile, playSession));
        }
        world.playSessions()
                .put(
                        playSession,
                        new SimWorld.PlaySession(
                                playSession,
                                item,
                                versions.getFirst(),
                                options.number("AudioStreamIndex").orElse(1),
                                exchange.session().identity.deviceId()));
        answer.put("PlaySessionId", playSession);
        answer.putObject("SimulatedExtra").put("Answered", true);
        return SimReply.json(answer);
    }

    /** A client that names an account of another server gets nowhere. */
    private void requireUser(Exchange exchange, Params options) {
        String user = options.text("UserId", "");
        if (user.isEmpty()) {
            return;
        }
        if (Hex32.parse(user).isEmpty()) {
            throw new SimError(world.face().isJellyfin() ? 400 : 500, "Unrecognized Guid format.");
        }
        if (world.accounts().withId(user).isEmpty()) {
            throw new SimError(404, "User not found.");
        }
        whose.reading(exchange);
    }

    private boolean isMeant(SimVersion version, String sourceId) {
        return world.face().sourceId(version.number()).equalsIgnoreCase(sourceId);
    }

    private static ObjectNode error(String code) {
        ObjectNode json = EmbyJson.object();
        json.putArray("MediaSources");
        return json.put("ErrorCode", code);
    }

    private ObjectNode negotiated(
            Exchange exchange, SimItem item, SimVersion version, Params options, JsonNode profile, String session) {
        ObjectNode json = new MediaJson(world, item).source(version);
        if (!profile.isObject()) {
            return json;
        }
        boolean direct = options.flag("EnableDirectPlay", true)
                && fits(version, options, profile)
                && playsDirectly(version, profile);
        Optional<JsonNode> transcoding = options.flag("EnableTranscoding", true)
                ? first(Exchange.member(profile, "TranscodingProfiles"), "Video")
                : Optional.empty();
        boolean stream = direct || options.flag("EnableDirectStream", true) && transcoding.isPresent();
        json.put("SupportsDirectPlay", direct)
                .put("SupportsDirectStream", stream)
                .put("SupportsTranscoding", transcoding.isPresent());
        MediaUrls urls = new MediaUrls(world, exchange.session(), item, version, session);
        if (direct) {
            json.put("DirectStreamUrl", urls.original());
        } else if (transcoding.isPresent()) {
            String url = urls.master(options, transcoding.get());
            json.put("TranscodingUrl", url);
            if (!world.face().isJellyfin()) {
                json.put("DirectStreamUrl", url);
            }
            json.put("TranscodingSubProtocol", "hls").put("TranscodingContainer", "ts");
        }
        deliver(json, version, profile, urls);
        return json;
    }

    private static boolean fits(SimVersion version, Params options, JsonNode profile) {
        long limit = options.longNumber("MaxStreamingBitrate")
                .orElse(Exchange.member(profile, "MaxStreamingBitrate").asLong(Long.MAX_VALUE));
        return version.bitrate() <= limit;
    }

    private static boolean playsDirectly(SimVersion version, JsonNode profile) {
        for (JsonNode direct : Exchange.member(profile, "DirectPlayProfiles")) {
            boolean video = Exchange.member(direct, "Type").asText("Video").equalsIgnoreCase("Video");
            if (video
                    && lists(direct, "Container", version.container())
                    && lists(direct, "VideoCodec", version.videoCodec())
                    && lists(direct, "AudioCodec", version.audioCodec())) {
                return true;
            }
        }
        return false;
    }

    private static boolean lists(JsonNode profile, String name, String value) {
        String list = Exchange.member(profile, name).asText("");
        return list.isEmpty()
                || Stream.of(list.toLowerCase(Locale.ROOT).split(","))
                        .anyMatch(v -> v.trim().equals(value));
    }

    private static Optional<JsonNode> first(JsonNode profiles, String type) {
        for (JsonNode profile : profiles) {
            if (Exchange.member(profile, "Type").asText("Video").equalsIgnoreCase(type)) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }

    /** Text subtitles that the profile takes from outside, and fonts, get addresses. */
    private static void deliver(ObjectNode source, SimVersion version, JsonNode profile, MediaUrls urls) {
        Optional<String> format = Optional.empty();
        for (JsonNode subtitle : Exchange.member(profile, "SubtitleProfiles")) {
            if (Exchange.member(subtitle, "Method").asText().equalsIgnoreCase("External")) {
                format = Optional.of(Exchange.member(subtitle, "Format").asText("srt"));
                break;
            }
        }
        for (JsonNode stream : source.get("MediaStreams")) {
            ObjectNode json = (ObjectNode) stream;
            int index = json.get("Index").asInt();
            if (json.get("Type").asText().equals("Subtitle")) {
                json.put("DeliveryMethod", format.isPresent() ? "External" : "Encode");
                format.ifPresent(
                        f -> json.put("DeliveryUrl", urls.subtitle(index, f)).put("IsExternalUrl", false));
            } else if (json.get("Type").asText().equals("Attachment")) {
                json.put("DeliveryUrl", urls.attachment(index));
            }
        }
    }

    private SimReply endEncodings(Exchange exchange) {
        String session = exchange.query().text("PlaySessionId", "");
        String device = exchange.query().text("DeviceId", "");
        if (world.face().isJellyfin() && (session.isEmpty() || device.isEmpty())) {
            throw new SimError(400, "The deviceId and playSessionId fields are required.");
        }
        if (session.isEmpty()) {
            world.playSessions().values().removeIf(p -> p.deviceId().equals(device));
        } else {
            world.playSessions().remove(session);
        }
        return SimReply.none();
    }
}
