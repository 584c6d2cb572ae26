package org.embygateway.tls;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One block of a PEM file.
 *
 * @param label what it says it is, such as {@code CERTIFICATE}
 * @param text between its first line and its last
 */
record Pem(String label, String text) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    static List<Pem> blocks(byte[] file) {
        return BLOCK.matcher(new String(file, StandardCharsets.ISO_8859_1))
                .results()
                .map(found -> new Pem(found.group(1), found.group(2)))
                .toList();
    }

    /** @throws IllegalArgumentException when the text is not what a block holds */
    byte[] bytes() {
        return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    }
}
