package org.embygateway.index;

/**
 * The database cannot be used at the moment for a reason outside of the gateway: a full disk, a file that may not be
 * written, a lock that somebody else holds. Nothing of the work that failed was stored; it may be asked for again.
 */
public final class StoreUnavailable extends StoreFailure {
    private static final long serialVersionUID = 1;

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
