package org.embygateway.auth;

import java.util.Locale;
import java.util.Set;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Refused;

/**
 * Whom a request means by its user id. Clients write their own, {@code me}, nothing, the word {@code undefined} or all
 * zeros for themselves.
 */
public final class OwnUser {
    private static final Set<String> MYSELF =
            Set.of("", "me", "undefined", "null", "0", "00000000000000000000000000000000");

    private OwnUser() {}

    /** Refused with 403 when the id is another's: a 404 would make official apps forget the login. */
    public static Caller check(Call call, String written) {
        Caller caller = call.signedIn();
        if (!isMyself(caller, written)) {
            throw new Refused(403, "User does not have permission for the data of another user.");
        }
        return caller;
    }

    /** The user meant: the caller, or for an administrator any other. Refused with 403 as above. */
    public static UserId orAdministrated(Call call, String written) {
        Caller caller = call.signedIn();
        if (caller.admin() && !isMyself(caller, written)) {
            return UserId.parse(written).orElseThrow(() -> new Refused(404, "User not found."));
        }
        return check(call, written).user();
    }

    private static boolean isMyself(Caller caller, String written) {
        return MYSELF.contains(written.replace("-", "").toLowerCase(Locale.ROOT))
                || UserId.parse(written).filter(caller.user()::equals).isPresent();
    }
}
