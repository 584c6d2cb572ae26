package org.embygateway.catalogue;

import java.util.stream.IntStream;

/** Numbers of seasons and episodes as far as they are typed. */
final class Numbers {
    private static final int DIGITS = 4;

    private Numbers() {}

    /** All numbers of up to four digits that begin with those typed, at least one; zeros in front or not. */
    static IntStream beginning(String typed) {
        String bare = typed.replaceFirst("^0+", "");
        if (bare.isEmpty()) {
            return IntStream.range(0, 10);
        }
        int number = Integer.parseInt(bare);
        return IntStream.rangeClosed(0, DIGITS - bare.length()).flatMap(more -> {
            int ten = (int) Math.pow(10, more);
            return IntStream.range(number * ten, (number + 1) * ten);
        });
    }
}
