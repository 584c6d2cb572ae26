package org.embygateway.protocol;

/** A password, a token or a key: prints {@code ***}, so that it cannot reach a log by accident. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
