package org.embygateway.tls;

import java.util.Locale;

/** Why a certificate and its key cannot be used, for the person who gave them; holds no secret. */
public final class BadCertificate extends Exception {
    /** What of the given is at fault. */
    public enum Part {
        CERTIFICATE,
        KEY,
        PASSWORD
    }

    private final Part part;
    private final String reason;

    BadCertificate(Part part, String reason) {
        super("server.tls." + part.name().toLowerCase(Locale.ROOT) + ": " + reason);
        this.part = part;
        this.reason = reason;
    }

    public Part part() {
        return part;
    }

    public String reason() {
        return reason;
    }
}
