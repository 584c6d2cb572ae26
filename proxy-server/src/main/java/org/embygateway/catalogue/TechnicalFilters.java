package org.embygateway.catalogue;

/** What the files are made of: an item fits when any of its versions does. */
final class TechnicalFilters {
    private TechnicalFilters() {}

    static void add(Conditions conditions) {
        conditions.texts("Containers", Keys.CONTAINER);
        conditions.texts("VideoCodecs", Keys.VIDEO_CODEC);
        conditions.texts("AudioCodecs", Keys.AUDIO_CODEC);
        conditions.texts("SubtitleCodecs", Keys.SUBTITLE_CODEC);
        conditions.texts("AudioLayouts", Keys.AUDIO_LAYOUT);
        conditions.texts("ExtendedVideoTypes", Keys.VIDEO_TYPE);
        conditions.texts("AudioLanguages", Keys.AUDIO_LANGUAGE);
        conditions.texts("SubtitleLanguages", Keys.SUBTITLE_LANGUAGE);
        conditions.flag("Is3D", Keys.mark(Keys.Mark.THREE_D));
        conditions.flag("IsHD", Keys.mark(Keys.Mark.HD));
        conditions.flag("Is4K", Keys.mark(Keys.Mark.FOUR_K));
        conditions.number("MinWidth", min -> conditions.range(SortKey.WIDTH, min, Long.MAX_VALUE));
        conditions.number("MaxWidth", max -> conditions.range(SortKey.WIDTH, 1, max));
        conditions.number("MinHeight", min -> conditions.range(SortKey.HEIGHT, min, Long.MAX_VALUE));
        conditions.number("MaxHeight", max -> conditions.range(SortKey.HEIGHT, 1, max));
    }
}
