package org.embygateway.index;

/** The database could not be opened, read or written. The message says what and why, in words for the admin. */
public sealed class StoreFailure extends RuntimeException permits StoreUnavailable {
    private static final long serialVersionUID = 1;

    public StoreFailure(String message) {
        super(message);
    }

    public StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
