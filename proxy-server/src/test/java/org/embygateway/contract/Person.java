package org.embygateway.contract;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.admin.Configured;
import org.embygateway.auth.Passwords;
import org.embygateway.config.Config;
import org.embygateway.index.Store;
import org.embygateway.index.UpstreamAccess;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.UserRecord;
import org.embygateway.index.sql.Stores;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.sim.SimulatedEmby;

/** Somebody to be put into the database of a gateway that does not run: with all servers, or with those named. */
record Person(String name, String password, SimulatedEmby... servers) {
    private static final int QUICK = 4;

    static void addAll(List<Person> people, Config config) throws IOException {
        if (people.isEmpty()) {
            return;
        }
        try (Store store =
                Stores.open(config.database().options(config.security().key()))) {
            new Configured(store).bring(config.emby().servers());
            people.forEach(person -> store.users().add(person.record(store)));
        }
    }

    private UserRecord record(Store store) {
        return new UserRecord(
                UserId.random(),
                name,
                new Passwords(QUICK).hash(new Secret(password)),
                false,
                false,
                access(store),
                "{}",
                Instant.now(),
                Optional.empty(),
                Optional.empty());
    }

    private UpstreamAccess access(Store store) {
        Set<String> names = Stream.of(servers).map(SimulatedEmby::name).collect(Collectors.toSet());
        Set<UpstreamId> ids = store.upstreams().all().stream()
                .filter(record -> names.contains(record.name()))
                .map(UpstreamRecord::id)
                .collect(Collectors.toSet());
        return names.isEmpty() ? new UpstreamAccess.All() : new UpstreamAccess.Selected(ids);
    }
}
