package org.embygateway.sync;

/** What people are doing on an upstream right now. */
public enum Use {
    NONE,
    /** They browse: pictures, details and the like come from it. */
    READ,
    /** They stream from it. */
    STREAMED
}
