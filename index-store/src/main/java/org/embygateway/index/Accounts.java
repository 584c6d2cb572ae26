package org.embygateway.index;

import java.util.List;
import java.util.Optional;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;

/** Logins on upstreams, and the tokens obtained with them. */
public interface Accounts {
    List<AccountRecord> of(UpstreamId upstream);

    /** The user's own account there, else the upstream's default one. */
    Optional<AccountRecord> use(UpstreamId upstream, Optional<UserId> user);

    /** Adds, or replaces the one of the same upstream and owner (its sign-ins are dropped when the login changed). */
    AccountRecord put(
            UpstreamId upstream,
            Optional<UserId> owner,
            String username,
            Secret password,
            AccountRecord.WatchState watchState);

    void remove(long accountId);

    Optional<UpstreamSignIn> signIn(long accountId, String deviceId);

    void putSignIn(UpstreamSignIn signIn);

    void dropSignIn(long accountId, String deviceId);

    /**
     * A token of an upstream, for one account on one device.
     *
     * @param deviceId as the upstream knows it
     * @param upstreamUser the account's user id there
     * @param token encrypted at rest
     */
    record UpstreamSignIn(long accountId, String deviceId, String upstreamUser, Secret token) {}
}
