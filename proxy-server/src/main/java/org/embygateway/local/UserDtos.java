package org.embygateway.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.embygateway.index.UserRecord;
import org.embygateway.index.UserRights;
import org.embygateway.index.Users;
import org.embygateway.protocol.EmbyJson;

/**
 * {@code UserDto} with {@code UserConfiguration} and {@code UserPolicy}: every field a strict decoder asks for.
 *
 * <p>{@code IsAdministrator} speaks of the gateway: the web UI shows its administration by it. That of a media server is
 * refused route by route, whoever asks.
 */
final class UserDtos {
    private static final String[] YES = {
        "IsHidden", "IsHiddenRemotely", "IsHiddenFromUnusedDevices",
        "EnableUserPreferenceAccess", "EnableSharedDeviceControl", "EnableRemoteAccess",
        "EnableAudioPlaybackTranscoding", "EnableVideoPlaybackTranscoding", "EnablePlaybackRemuxing",
        "EnableAllChannels", "EnableAllFolders", "EnableAllDevices",
        "AllowSharingPersonalItems"
    };
    private static final String[] NO = {
        "AllowTagOrRating",
        "IsTagBlockingModeInclusive",
        "EnableRemoteControlOfOtherUsers",
        "EnableLiveTvManagement",
        "EnableLiveTvAccess",
        "EnableContentDeletion",
        "EnableSubtitleDownloading",
        "EnableSubtitleManagement",
        "EnableSyncTranscoding",
        "EnableMediaConversion",
        "EnablePublicSharing",
        "AllowCameraUpload"
    };
    private static final String[] NONE = {
        "BlockedTags", "IncludeTags", "AccessSchedules",
        "BlockUnratedItems", "RestrictedFeatures", "EnableContentDeletionFromFolders",
        "EnabledChannels", "EnabledFolders", "BlockedMediaFolders",
        "BlockedChannels", "ExcludedSubFolders", "EnabledDevices"
    };
    private static final String[] ZERO = {"LockedOutDate", "InvalidLoginAttemptCount", "RemoteClientBitrateLimit"};

    private final ServerFacts facts;
    private final Users users;

    UserDtos(ServerFacts facts, Users users) {
        this.facts = facts;
        this.users = users;
    }

    /** No more than whom it is to be shared with. */
    ObjectNode name(UserRecord user) {
        return EmbyJson.object()
                .put("Name", user.name())
                .put("ServerId", facts.id())
                .put("Id", user.id().value());
    }

    /** As the user gets it. */
    ObjectNode own(UserRecord user) {
        ObjectNode dto = EmbyJson.object();
        dto.put("Name", user.name());
        dto.put("ServerId", facts.id());
        dto.put("Prefix", prefix(user.name()));
        dto.put("DateCreated", EmbyJson.date(user.created()));
        dto.put("Id", user.id().value());
        dto.put("HasPassword", !user.passwordHash().isEmpty());
        dto.put("HasConfiguredPassword", !user.passwordHash().isEmpty());
        dto.put("HasConfiguredEasyPassword", false);
        dto.put("LastLoginDate", EmbyJson.date(user.lastLogin().orElse(user.created())));
        dto.put("LastActivityDate", EmbyJson.date(user.lastActivity().orElse(user.created())));
        dto.set("Configuration", UserConfigurations.complete(user.configuration()));
        dto.set("Policy", policy(user));
        return dto;
    }

    /** As another gets it: without the pin that apps ask for on shared devices. */
    ObjectNode others(UserRecord user) {
        ObjectNode dto = own(user);
        ((ObjectNode) dto.path("Configuration")).remove("ProfilePin");
        return dto;
    }

    private static String prefix(String name) {
        return name.isEmpty()
                ? ""
                : name.substring(0, name.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT);
    }

    private ObjectNode policy(UserRecord user) {
        ObjectNode policy = EmbyJson.object();
        for (String name : YES) {
            policy.put(name, true);
        }
        for (String name : NO) {
            policy.put(name, false);
        }
        for (String name : NONE) {
            policy.putArray(name);
        }
        for (String name : ZERO) {
            policy.put(name, 0);
        }
        UserRights rights = users.rights(user.id());
        policy.put("EnableMediaPlayback", rights.plays());
        policy.put("EnableContentDownloading", rights.downloads());
        policy.put("SimultaneousStreamLimit", rights.streamsAtOnce());
        policy.put("IsAdministrator", user.admin());
        policy.put("IsDisabled", user.disabled());
        policy.put("AuthenticationProviderId", "Emby.Server.Implementations.Library.DefaultAuthenticationProvider");
        return policy;
    }
}
