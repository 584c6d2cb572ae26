package org.embygateway.play;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.embygateway.protocol.Params;

/**
 * The options of an image request that pass, in one spelling and order. Sizes are rounded up to steps: everybody may ask
 * for images, and nobody shall make an upstream scale one to a thousand sizes.
 */
final class ImageOptions {
    private static final String[] SIZES = {"maxWidth", "maxHeight", "width", "height", "fillWidth", "fillHeight"};
    private static final String[] FLAGS = {"CropWhitespace", "AutoOrient", "KeepAnimation"};
    private static final Set<String> FORMATS = Set.of("jpg", "jpeg", "png", "webp", "gif", "original");
    private static final int LARGEST = 3840;

    private ImageOptions() {}

    static Map<String, String> of(Params asked) {
        Map<String, String> options = new TreeMap<>();
        for (String size : SIZES) {
            OptionalInt value = asked.number(size);
            if (value.isPresent() && value.getAsInt() > 0) {
                options.put(size, Integer.toString(step(value.getAsInt())));
            }
        }
        for (String flag : FLAGS) {
            asked.flag(flag).ifPresent(f -> options.put(flag, f.toString()));
        }
        OptionalInt quality = asked.number("quality");
        if (quality.isPresent()) {
            int tens = Math.round(Math.clamp(quality.getAsInt(), 10, 100) / 10f) * 10;
            options.put("quality", Integer.toString(tens));
        }
        asked.text("format")
                .map(f -> f.toLowerCase(Locale.ROOT))
                .filter(FORMATS::contains)
                .ifPresent(f -> options.put("format", f));
        colour(asked).ifPresent(c -> options.put("BackgroundColor", c));
        OptionalInt blur = asked.number("blur");
        if (blur.isPresent() && blur.getAsInt() > 0) {
            options.put("blur", Integer.toString(Math.min(100, blur.getAsInt())));
        }
        return options;
    }

    /** Those that change what is shown, and not only how large and how well. */
    static Map<String, String> ofAnySize(Map<String, String> options) {
        Map<String, String> rest = new TreeMap<>(options);
        rest.keySet().removeAll(Set.of(SIZES));
        rest.keySet().removeAll(Set.of("quality", "format"));
        return rest;
    }

    /** Where in the film a seek thumbnail is from, to the second. */
    static OptionalLong position(Params asked) {
        OptionalLong ticks = asked.longNumber("PositionTicks");
        return ticks.isPresent() && ticks.getAsLong() >= 0
                ? OptionalLong.of(ticks.getAsLong() / 10_000_000 * 10_000_000)
                : OptionalLong.empty();
    }

    private static int step(int size) {
        int step = size <= 1280 ? 40 : 320;
        return Math.min(LARGEST, (size + step - 1) / step * step);
    }

    private static Optional<String> colour(Params asked) {
        return asked.text("BackgroundColor").filter(c -> c.matches("#?[0-9A-Fa-f]{6}"));
    }
}
