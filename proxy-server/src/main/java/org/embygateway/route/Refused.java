package org.embygateway.route;

/** The client's doing: answered with a status and a plain sentence of ours, logged at debug only. */
public final class Refused extends RuntimeException {
    private final int status;

    public Refused(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }

    public static Refused notFound() {
        return new Refused(404, "Item not found.");
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
