package org.embygateway.protocol.sim;

/**
 * How a simulated server writes its playlists.
 *
 * @param uris relative, from the root or with scheme and host
 * @param crlf line ends of Windows
 * @param bom a byte order mark in front
 * @param map fMP4: an {@code EXT-X-MAP} line
 * @param key an {@code EXT-X-KEY} line
 * @param subtitles an {@code EXT-X-MEDIA} line per text subtitle
 */
public record HlsStyle(Uris uris, boolean crlf, boolean bom, boolean map, boolean key, boolean subtitles) {
    public static final HlsStyle RELATIVE = new HlsStyle(Uris.RELATIVE, false, false, false, false, false);

    /** Everything at once that a playlist may legally do. */
    public static final HlsStyle BAROQUE = new HlsStyle(Uris.ABSOLUTE, true, true, true, true, true);

    /** The form of the addresses in a playlist. */
    public enum Uris {
        RELATIVE,
        ROOT_RELATIVE,
        ABSOLUTE
    }

    public HlsStyle with(Uris form) {
        return new HlsStyle(form, crlf, bom, map, key, subtitles);
    }

    public HlsStyle withSubtitles() {
        return new HlsStyle(uris, crlf, bom, map, key, true);
    }
}
