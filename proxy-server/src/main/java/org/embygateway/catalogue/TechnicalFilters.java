package org.embygateway.catalogue;

import java.util.Set;
import org.roaringbitmap.RoaringBitmap;

/** What the files are made of: an item fits when any of its versions does. */
final class TechnicalFilters {
    /** What a disc's container says of it; all other videos are files. */
    private static final Set<String> DISCS = Set.of("iso", "dvd", "bluray");

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
        videoTypes(conditions);
        conditions.number("MinWidth", min -> conditions.range(SortKey.WIDTH, min, Long.MAX_VALUE));
        conditions.number("MaxWidth", max -> conditions.range(SortKey.WIDTH, 1, max));
        conditions.number("MinHeight", min -> conditions.range(SortKey.HEIGHT, min, Long.MAX_VALUE));
        conditions.number("MaxHeight", max -> conditions.range(SortKey.HEIGHT, 1, max));
    }

    /** Emby API: {@code VideoTypes}, of {@code VideoFile}, {@code Iso}, {@code Dvd} and {@code BluRay}. */
    private static void videoTypes(Conditions conditions) {
        Set<String> types = conditions.lowerList("VideoTypes");
        if (types.isEmpty()) {
            return;
        }
        Lens lens = conditions.lens();
        RoaringBitmap wanted =
                lens.ofTexts(Keys.CONTAINER, container -> types.contains(container) && DISCS.contains(container));
        if (types.contains("videofile")) {
            RoaringBitmap files = lens.snapshot()
                    .ofKinds(kind -> kind.mediaType().equals("Video"))
                    .clone();
            files.andNot(lens.ofTexts(Keys.CONTAINER, DISCS::contains));
            wanted = RoaringBitmap.or(wanted, files);
        }
        conditions.add(wanted);
    }
}
