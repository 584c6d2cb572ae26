package org.embygateway.index.sql;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.embygateway.index.Store;
import org.embygateway.index.UpstreamAccess;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.UserRecord;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A fresh store for each test, of whatever database the subclass opens; the same one again after a restart. */
abstract class StoreContract {
    static final Instant NOON = Instant.parse("2024-05-15T12:00:00.123456700Z");

    protected Store store;

    /** Opens the database of the running test, which keeps what an earlier opening stored. */
    abstract Store open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    void restart() {
        store.close();
        store = open();
    }

    UserId user(String name) {
        UserRecord user = new UserRecord(
                UserId.random(),
                name,
                "hash",
                false,
                false,
                new UpstreamAccess.All(),
                "{}",
                NOON,
                Optional.empty(),
                Optional.empty());
        store.users().add(user);
        return user.id();
    }

    UpstreamId upstream(String name) {
        return store.upstreams()
                .add(
                        name,
                        URI.create("http://%s:8096".formatted(name.toLowerCase())),
                        UpstreamRecord.PlaybackMode.PROXY,
                        UpstreamRecord.SyncMode.FULL,
                        false)
                .id();
    }
}
