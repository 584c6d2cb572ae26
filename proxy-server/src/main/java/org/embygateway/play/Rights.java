package org.embygateway.play;

import org.embygateway.index.UserRights;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;

/** Whether people may do what they ask for. Refused with 403. */
record Rights(PlayRules rules) {
    private static final String NOT_ALLOWED = "User does not have permission for this.";

    boolean plays(Caller caller) {
        return of(caller).plays();
    }

    void checkPlays(Caller caller) {
        if (!plays(caller)) {
            throw refusal();
        }
    }

    static Refused refusal() {
        return new Refused(403, NOT_ALLOWED);
    }

    /** Whether the caller may have what the path leads to: files to take away ask for another right than the rest. */
    void check(Caller caller, MediaPath path) {
        if (path.isDownload() ? !of(caller).downloads() : !of(caller).plays()) {
            throw refusal();
        }
    }

    private UserRights of(Caller caller) {
        return rules.rights().apply(caller.user());
    }
}
