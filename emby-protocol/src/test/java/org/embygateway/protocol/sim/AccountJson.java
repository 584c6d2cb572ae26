package org.embygateway.protocol.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.protocol.Params;

/** Writes accounts and sessions. */
final class AccountJson {
    private static final Instant LONG_AGO = Instant.parse("2024-02-01T10:00:00Z");

    private final SimWorld world;

    AccountJson(SimWorld world) {
        this.world = world;
    }

    ObjectNode user(SimUser user) {
        ObjectNode json = EmbyJson.object();
        json.put("Name", user.name).put("ServerId", world.id());
        if (!world.face().isJellyfin()) {
            json.put("Prefix", user.name.substring(0, 1).toUpperCase(Locale.ROOT))
                    .put("DateCreated", EmbyJson.date(LONG_AGO));
        }
        json.put("Id", user.id)
                .put("HasPassword", !user.password.isEmpty())
                .put("HasConfiguredPassword", !user.password.isEmpty())
                .put("HasConfiguredEasyPassword", false)
                .put("LastLoginDate", EmbyJson.date(Instant.now()))
                .put("LastActivityDate", EmbyJson.date(Instant.now()));
        json.set("Configuration", configuration());
        json.set("Policy", policy(user));
        return json;
    }

    private ObjectNode configuration() {
        ObjectNode json = EmbyJson.object()
                .put("PlayDefaultAudioTrack", true)
                .put("DisplayMissingEpisodes", false)
                .put("SubtitleMode", "Smart");
        json.putArray("OrderedViews");
        json.putArray("LatestItemsExcludes");
        json.putArray("MyMediaExcludes");
        json.put("HidePlayedInLatest", true)
                .put("RememberAudioSelections", true)
                .put("RememberSubtitleSelections", true)
                .put("EnableNextEpisodeAutoPlay", true)
                .put("EnableLocalPassword", false);
        if (!world.face().isJellyfin()) {
            json.put("HidePlayedInMoreLikeThis", false)
                    .put("HidePlayedInSuggestions", false)
                    .put("ResumeRewindSeconds", 0)
                    .put("IntroSkipMode", "ShowButton");
        }
        return json;
    }

    private ObjectNode policy(SimUser user) {
        ObjectNode json = EmbyJson.object()
                .put("IsAdministrator", user.administrator)
                .put("IsHidden", true)
                .put("IsDisabled", user.disabled)
                .put("EnableUserPreferenceAccess", true)
                .put("EnableRemoteControlOfOtherUsers", false)
                .put("EnableSharedDeviceControl", true)
                .put("EnableRemoteAccess", true)
                .put("EnableLiveTvManagement", false)
                .put("EnableLiveTvAccess", false)
                .put("EnableMediaPlayback", true)
                .put("EnableAudioPlaybackTranscoding", true)
                .put("EnableVideoPlaybackTranscoding", true)
                .put("EnablePlaybackRemuxing", true)
                .put("EnableContentDeletion", false)
                .put("EnableContentDownloading", true)
                .put("EnableAllDevices", true)
                .put("EnableAllChannels", true)
                .put("EnableAllFolders", user.hiddenLibraries.isEmpty())
                .put("InvalidLoginAttemptCount", 0)
                .put("RemoteClientBitrateLimit", 0)
                .put("AuthenticationProviderId", "Emby.Server.Implementations.Library.DefaultAuthenticationProvider");
        for (String list : new String[] {"BlockedTags", "AccessSchedules", "EnabledFolders", "EnabledDevices"}) {
            json.putArray(list);
        }
        return json;
    }

    ObjectNode session(SimSession session, String from) {
        ObjectNode json = EmbyJson.object();
        json.set("PlayState", playState(session));
        json.putArray("AdditionalUsers");
        json.put("RemoteEndPoint", from).put("Protocol", "HTTP/1.1");
        json.set("PlayableMediaTypes", arrayOr(session, "PlayableMediaTypes"));
        json.put("PlaylistIndex", 0)
                .put("PlaylistLength", 0)
                .put("Id", session.id)
                .put("ServerId", world.id())
                .put("UserId", session.user.id)
                .put("UserName", session.user.name)
                .put("Client", session.identity.client())
                .put("LastActivityDate", EmbyJson.date(session.lastActivity))
                .put("DeviceName", session.identity.device())
                .put("InternalDeviceId", 17)
                .put("DeviceId", session.identity.deviceId())
                .put("ApplicationVersion", session.identity.version());
        json.set("SupportedCommands", arrayOr(session, "SupportedCommands"));
        boolean control =
                Exchange.member(session.capabilities, "SupportsMediaControl").asBoolean();
        json.put("SupportsRemoteControl", control && world.sockets().isOpen(session));
        String playing = Exchange.member(session.nowPlaying, "ItemId").asText();
        world.catalog()
                .find(playing)
                .ifPresent(item -> json.set(
                        "NowPlayingItem",
                        ItemJson.list(world, Optional.empty(), Params.NONE).write(item)));
        return json;
    }

    private static JsonNode arrayOr(SimSession session, String name) {
        JsonNode said = Exchange.member(session.capabilities, name);
        return said.isArray() ? said : EmbyJson.MAPPER.createArrayNode();
    }

    private static ObjectNode playState(SimSession session) {
        JsonNode report = session.nowPlaying;
        ObjectNode json = EmbyJson.object();
        for (String name : new String[] {"PositionTicks", "MediaSourceId", "PlayMethod", "AudioStreamIndex"}) {
            JsonNode value = Exchange.member(report, name);
            if (value.isValueNode() && !value.isNull()) {
                json.set(name, value);
            }
        }
        return json.put("CanSeek", Exchange.member(report, "CanSeek").asBoolean())
                .put("IsPaused", Exchange.member(report, "IsPaused").asBoolean())
                .put("IsMuted", false)
                .put("RepeatMode", "RepeatNone")
                .put("SubtitleOffset", 0)
                .put("PlaybackRate", 1);
    }
}
