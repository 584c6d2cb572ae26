package org.embygateway.index;

/** The gateway's database. Opened once by the process; every part is safe to use from any thread and blocks its caller. */
public interface Store extends AutoCloseable {
    Settings settings();

    Upstreams upstreams();

    Accounts accounts();

    Users users();

    SignIns signIns();

    MediaIndex media();

    Merges merges();

    Memberships memberships();

    OwnLists ownLists();

    UserDataStore userData();

    Outbox outbox();

    Preferences preferences();

    SyncStates syncStates();

    Fingerprints fingerprints();

    /** Throws when the database cannot be read or written right now; the message names no secret. */
    void check();

    @Override
    void close();
}
