package org.embygateway.route;

/** Who may take a route. */
public enum Access {
    /** No credentials needed. */
    ANYONE,
    /** A client with a token. */
    USER,
    /** A client whose user is an administrator of the gateway. */
    ADMIN,
    /** A client with a token, or anyone who names a play session (HLS segments carry nothing else). */
    PLAYBACK
}
