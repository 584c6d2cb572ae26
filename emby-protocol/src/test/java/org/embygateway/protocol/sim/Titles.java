package org.embygateway.protocol.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Made-up titles and names, Latin and CJK, always the same for the same seed and number. */
final class Titles {
    private static final String[] FIRST = {
        "Silent", "Crimson", "Last", "Hidden", "Broken", "Golden", "Frozen", "Electric", "Midnight", "Burning",
        "Paper", "Distant", "Hollow", "Iron", "Scarlet", "Restless", "Forgotten", "Wild", "Second", "Velvet"
    };
    private static final String[] SECOND = {
        "River", "Empire", "Garden", "Signal", "Harbour", "Horizon", "Letters", "Mountain", "Shadow", "Orchard",
        "Station", "Winter", "Promise", "Machine", "Kingdom", "Echo", "Island", "Tide", "Mirror", "Road"
    };
    private static final String[] THIRD = {
        "", "", "", " of Glass", " Rising", " at Dawn", " II", ": The Return", " in Blue", " & Sons", " (Redux)"
    };
    private static final String[] HAN = {
        "流浪", "地球", "红色", "山河", "故人", "英雄", "夜宴", "长安", "风云", "大海", "少年", "江湖", "春天", "城市", "星空", "龙门"
    };
    private static final String[] KANA = {"君の", "夏の", "風", "千と", "となりの", "ハウル", "もののけ", "東京", "火垂る", "おもひで"};
    private static final String[] HANGUL = {"기생", "부산", "마더", "올드", "괴물", "서울", "바람", "택시", "하늘", "사랑"};
    private static final String[] GIVEN = {
        "Anna", "Ben", "Chloé", "Dmitri", "Élodie", "Farid", "Grace", "Hiro", "Ingrid", "José", "Kim", "Łukasz", "Mei"
    };
    private static final String[] FAMILY = {
        "Abbott", "Berg", "Castellano", "Dubois", "Eriksen", "Fujita", "García", "Huang", "Ivanova", "Jones", "Khan"
    };
    private static final String[] GENRES = {
        "Action",
        "Adventure",
        "Animation",
        "Comedy",
        "Crime",
        "Documentary",
        "Drama",
        "Family",
        "Fantasy",
        "Horror",
        "Mystery",
        "Romance",
        "Science Fiction",
        "Thriller",
        "War",
        "Western"
    };

    private final RandomGenerator random;

    Titles(long seed, long number) {
        random = new SplittableRandom(seed * 1_000_003 + number);
    }

    private String pick(String[] words) {
        return words[random.nextInt(words.length)];
    }

    /** Seven in ten are Latin. The number keeps titles apart that would otherwise be made twice. */
    String title(long number) {
        return switch (random.nextInt(10)) {
            case 0 -> pick(HAN) + pick(HAN) + (number % 7 == 0 ? number % 9 + 1 : "");
            case 1 -> pick(KANA) + pick(HAN) + number;
            case 2 -> pick(HANGUL) + " " + pick(HANGUL) + " " + number;
            case 3 -> "The " + pick(FIRST) + " " + pick(SECOND) + " " + roman(number);
            default -> pick(FIRST) + " " + pick(SECOND) + pick(THIRD) + (random.nextInt(3) == 0 ? "" : " " + number);
        };
    }

    private static String roman(long number) {
        return Long.toString(number, 36).toUpperCase(Locale.ROOT);
    }

    String person() {
        return pick(GIVEN) + " " + pick(FAMILY) + " " + (char) ('A' + random.nextInt(26)) + ".";
    }

    List<String> genres() {
        List<String> picked = new ArrayList<>(List.of(pick(GENRES)));
        String second = pick(GENRES);
        if (!picked.contains(second)) {
            picked.add(second);
        }
        return picked;
    }

    int year() {
        return 1950 + random.nextInt(75);
    }

    /** One decimal, from 3 to 9.9. */
    double rating() {
        return Math.round(30 + random.nextInt(70)) / 10.0;
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
