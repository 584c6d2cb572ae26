package org.embygateway.upstream;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.embygateway.index.AccountRecord;
import org.embygateway.index.Accounts;
import org.embygateway.index.Fingerprints;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.Memberships;
import org.embygateway.index.Merges;
import org.embygateway.index.Outbox;
import org.embygateway.index.OwnLists;
import org.embygateway.index.Passage;
import org.embygateway.index.Preferences;
import org.embygateway.index.Settings;
import org.embygateway.index.SignIns;
import org.embygateway.index.Store;
import org.embygateway.index.SyncRules;
import org.embygateway.index.SyncStates;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.index.Upstreams;
import org.embygateway.index.UserDataStore;
import org.embygateway.index.Users;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;

/** The parts of a store that calling upstreams needs, in memory; it stays when the gateway "restarts". */
public class MemoryStore implements Store {
    private final Map<String, String> values = new ConcurrentHashMap<>();
    private final Map<Integer, UpstreamRecord> servers = new TreeMap<>();
    private final Map<UpstreamId, Passage> passages = new ConcurrentHashMap<>();
    private final Map<UpstreamId, Integer> streams = new ConcurrentHashMap<>();
    private final List<AccountRecord> logins = new ArrayList<>();
    private final Map<String, Accounts.UpstreamSignIn> tokens = new ConcurrentHashMap<>();
    private final Map<UpstreamId, SyncStates.SyncState> states = new ConcurrentHashMap<>();
    private final Map<UpstreamId, SyncRules> rules = new ConcurrentHashMap<>();
    private final Fingerprints fingerprints = new MemoryFingerprints();
    private final AtomicLong numbers = new AtomicLong();

    @Override
    public Settings settings() {
        return new Settings() {
            @Override
            public Optional<String> find(String name) {
                return Optional.ofNullable(values.get(name));
            }

            @Override
            public void put(String name, String value) {
                values.put(name, value);
            }

            @Override
            public String findOrCreate(String name, Supplier<String> first) {
                return values.computeIfAbsent(name, n -> first.get());
            }
        };
    }

    @Override
    public Upstreams upstreams() {
        return new Upstreams() {
            @Override
            public int streamsAtOnce(UpstreamId id) {
                return streams.getOrDefault(id, 0);
            }

            @Override
            public void putStreamsAtOnce(UpstreamId id, int most) {
                streams.put(id, most);
            }

            @Override
            public List<UpstreamRecord> all() {
                synchronized (servers) {
                    return servers.values().stream()
                            .sorted(java.util.Comparator.comparingInt(UpstreamRecord::priority))
                            .toList();
                }
            }

            @Override
            public Optional<UpstreamRecord> find(UpstreamId id) {
                synchronized (servers) {
                    return Optional.ofNullable(servers.get(id.value()));
                }
            }

            @Override
            public UpstreamRecord add(
                    String name,
                    URI url,
                    UpstreamRecord.PlaybackMode playback,
                    UpstreamRecord.SyncMode sync,
                    boolean configured) {
                synchronized (servers) {
                    int number = (int) numbers.incrementAndGet();
                    UpstreamRecord record = new UpstreamRecord(
                            new UpstreamId(number),
                            name,
                            url,
                            UpstreamRecord.Kind.UNKNOWN,
                            playback,
                            sync,
                            number,
                            true,
                            configured);
                    servers.put(number, record);
                    return record;
                }
            }

            @Override
            public void update(UpstreamRecord upstream) {
                synchronized (servers) {
                    servers.put(upstream.id().value(), upstream);
                }
            }

            @Override
            public void putKind(UpstreamId id, UpstreamRecord.Kind kind) {
                synchronized (servers) {
                    servers.computeIfPresent(
                            id.value(),
                            (number, r) -> new UpstreamRecord(
                                    id,
                                    r.name(),
                                    r.url(),
                                    kind,
                                    r.playback(),
                                    r.sync(),
                                    r.priority(),
                                    r.enabled(),
                                    r.configured()));
                }
            }

            @Override
            public Passage passage(UpstreamId id) {
                return passages.getOrDefault(id, Passage.DIRECT);
            }

            @Override
            public void putPassage(UpstreamId id, Passage passage) {
                passages.put(id, passage);
            }

            @Override
            public void remove(UpstreamId id) {
                synchronized (servers) {
                    servers.remove(id.value());
                    logins.removeIf(a -> a.upstream().equals(id));
                }
            }
        };
    }

    @Override
    public Accounts accounts() {
        return new Accounts() {
            @Override
            public List<AccountRecord> of(UpstreamId upstream) {
                synchronized (servers) {
                    return logins.stream()
                            .filter(a -> a.upstream().equals(upstream))
                            .toList();
                }
            }

            @Override
            public Optional<AccountRecord> use(UpstreamId upstream, Optional<UserId> user) {
                List<AccountRecord> all = of(upstream);
                return all.stream()
                        .filter(a -> user.isPresent() && a.owner().equals(user))
                        .findFirst()
                        .or(() -> all.stream().filter(a -> a.owner().isEmpty()).findFirst());
            }

            @Override
            public AccountRecord put(
                    UpstreamId upstream,
                    Optional<UserId> owner,
                    String username,
                    Secret password,
                    AccountRecord.WatchState watchState) {
                synchronized (servers) {
                    Optional<AccountRecord> old = logins.stream()
                            .filter(a ->
                                    a.upstream().equals(upstream) && a.owner().equals(owner))
                            .findFirst();
                    old.ifPresent(logins::remove);
                    long id = old.map(AccountRecord::id).orElseGet(numbers::incrementAndGet);
                    tokens.keySet().removeIf(key -> key.startsWith(id + "/"));
                    AccountRecord record = new AccountRecord(id, upstream, owner, username, password, watchState);
                    logins.add(record);
                    return record;
                }
            }

            @Override
            public void remove(long accountId) {
                synchronized (servers) {
                    logins.removeIf(a -> a.id() == accountId);
                }
            }

            @Override
            public Optional<UpstreamSignIn> signIn(long accountId, String deviceId) {
                return Optional.ofNullable(tokens.get(accountId + "/" + deviceId));
            }

            @Override
            public void putSignIn(UpstreamSignIn signIn) {
                tokens.put(signIn.accountId() + "/" + signIn.deviceId(), signIn);
            }

            @Override
            public void dropSignIn(long accountId, String deviceId) {
                tokens.remove(accountId + "/" + deviceId);
            }
        };
    }

    @Override
    public Fingerprints fingerprints() {
        return fingerprints;
    }

    @Override
    public SyncStates syncStates() {
        return new SyncStates() {
            @Override
            public Optional<SyncState> find(UpstreamId upstream) {
                return Optional.ofNullable(states.get(upstream));
            }

            @Override
            public void put(SyncState state) {
                states.put(state.upstream(), state);
            }

            @Override
            public SyncRules rules(UpstreamId upstream) {
                return rules.getOrDefault(upstream, SyncRules.DEFAULT);
            }

            @Override
            public void putRules(UpstreamId upstream, SyncRules put) {
                rules.put(upstream, put);
            }
        };
    }

    @Override
    public Users users() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SignIns signIns() {
        throw new UnsupportedOperationException();
    }

    @Override
    public MediaIndex media() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Merges merges() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Memberships memberships() {
        throw new UnsupportedOperationException();
    }

    @Override
    public OwnLists ownLists() {
        throw new UnsupportedOperationException();
    }

    @Override
    public UserDataStore userData() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outbox outbox() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Preferences preferences() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void check() {}

    @Override
    public void close() {}
}
