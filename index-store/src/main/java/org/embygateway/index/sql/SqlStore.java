package org.embygateway.index.sql;

import org.embygateway.index.Accounts;
import org.embygateway.index.Fingerprints;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.Memberships;
import org.embygateway.index.Merges;
import org.embygateway.index.Outbox;
import org.embygateway.index.OwnLists;
import org.embygateway.index.Preferences;
import org.embygateway.index.Settings;
import org.embygateway.index.SignIns;
import org.embygateway.index.Store;
import org.embygateway.index.SyncStates;
import org.embygateway.index.Upstreams;
import org.embygateway.index.UserDataStore;
import org.embygateway.index.Users;
import org.embygateway.protocol.Secret;

final class SqlStore implements Store {
    private final Database database;
    private final SqlSettings settings;
    private final SqlUpstreams upstreams;
    private final SqlAccounts accounts;
    private final SqlUsers users;
    private final SqlSignIns signIns;
    private final SqlUserData userData;
    private final SqlOutbox outbox;
    private final SqlPreferences preferences;
    private final SqlSyncStates syncStates;
    private final SqlMediaIndex media;
    private final SqlMerges merges;
    private final SqlMemberships memberships;
    private final SqlOwnLists ownLists;
    private final SqlFingerprints fingerprints;

    private SqlStore(Database database, SqlSettings settings, Vault vault) {
        this.database = database;
        this.settings = settings;
        upstreams = new SqlUpstreams(database);
        accounts = new SqlAccounts(database, vault);
        users = new SqlUsers(database);
        signIns = new SqlSignIns(database);
        outbox = new SqlOutbox(database);
        userData = new SqlUserData(database);
        preferences = new SqlPreferences(database);
        syncStates = new SqlSyncStates(database);
        media = new SqlMediaIndex(database);
        merges = new SqlMerges(database);
        memberships = new SqlMemberships(database);
        ownLists = new SqlOwnLists(database);
        fingerprints = new SqlFingerprints(database);
        ownLists.removeLost();
    }

    static Store open(Dialect dialect, Secret encryptionKey) {
        Database database = Database.open(dialect);
        try {
            NamingBlocks.fillWhenMissing(database);
            SqlSettings settings = new SqlSettings(database);
            Rekeying.whenRulesChanged(database, settings);
            return new SqlStore(database, settings, Vault.open(encryptionKey, settings));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Upstreams upstreams() {
        return upstreams;
    }

    @Override
    public Accounts accounts() {
        return accounts;
    }

    @Override
    public Users users() {
        return users;
    }

    @Override
    public SignIns signIns() {
        return signIns;
    }

    @Override
    public MediaIndex media() {
        return media;
    }

    @Override
    public Merges merges() {
        return merges;
    }

    @Override
    public Memberships memberships() {
        return memberships;
    }

    @Override
    public OwnLists ownLists() {
        return ownLists;
    }

    @Override
    public UserDataStore userData() {
        return userData;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public Preferences preferences() {
        return preferences;
    }

    @Override
    public SyncStates syncStates() {
        return syncStates;
    }

    @Override
    public Fingerprints fingerprints() {
        return fingerprints;
    }

    /** Writes: a full disk or a file that became read-only shows only then. */
    @Override
    public void check() {
        settings.put("last-check", Long.toString(System.currentTimeMillis()));
    }

    @Override
    public void close() {
        database.close();
    }
}
