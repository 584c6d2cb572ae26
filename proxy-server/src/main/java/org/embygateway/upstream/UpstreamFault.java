package org.embygateway.upstream;

/** Why an upstream did not answer as it should; the status is what a client gets if it depended on the answer. */
public enum UpstreamFault {
    UNREACHABLE(502),
    TIMED_OUT(504),
    SIGN_IN_REFUSED(502),
    BAD_ANSWER(502),
    /** It has no such item, or the account may not see it. */
    NOT_FOUND(404),
    FORBIDDEN(403),
    /** 429 or 503: it asked to be left alone. */
    BUSY(503);

    private final int status;

    UpstreamFault(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
