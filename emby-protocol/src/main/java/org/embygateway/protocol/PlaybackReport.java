package org.embygateway.protocol;

import java.util.List;

/**
 * What clients report of a playback.
 *
 * <p>Emby API: {@code PlaybackStartInfo}, {@code PlaybackProgressInfo}, {@code PlaybackStopInfo}.
 */
public final class PlaybackReport {
    /** The fields that hold no id, by their proper names: they mean the same on every server. */
    public static final List<String> PLAIN_FIELDS = List.of(
            "PositionTicks",
            "RunTimeTicks",
            "PlaybackStartTimeTicks",
            "CanSeek",
            "IsPaused",
            "IsMuted",
            "VolumeLevel",
            "Brightness",
            "AspectRatio",
            "AudioStreamIndex",
            "SubtitleStreamIndex",
            "PlayMethod",
            "RepeatMode",
            "Shuffle",
            "SubtitleOffset",
            "PlaybackRate",
            "SleepTimerMode",
            "SleepTimerEndTime",
            "EventName",
            "PlaylistIndex",
            "PlaylistLength",
            "NextMediaType",
            "IsAutomated",
            "Failed");

    private PlaybackReport() {}
}
