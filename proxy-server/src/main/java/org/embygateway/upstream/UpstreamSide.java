package org.embygateway.upstream;

import java.time.InstantSource;
import org.embygateway.index.Accounts;
import org.embygateway.index.Store;
import org.embygateway.protocol.UpstreamId;

/** Everything towards the upstreams, put together. */
public final class UpstreamSide implements AutoCloseable {
    private final Accounts accounts;
    private final Transport transport;
    private final LiveRegistry registry;
    private final UpstreamSignIns signIns;
    private final HttpUpstreamCalls calls;
    private final Trial trial;
    private final FanOut fanOut = new FanOut();

    /** @param serverId the gateway's own; the device ids that upstreams see are derived from it */
    public UpstreamSide(
            Store store, String serverId, OutboundIdentity identity, UpstreamOptions options, CallObserver observer) {
        accounts = store.accounts();
        transport = new Transport(identity.userAgent());
        Prober prober = new Prober(transport);
        Login login = new Login(transport, identity);
        Devices devices = new Devices(serverId, store.settings(), options.devicesPerUpstream());
        registry = new LiveRegistry(store.upstreams(), store.settings(), prober, options.health());
        signIns = new UpstreamSignIns(accounts, login, InstantSource.system());
        calls = new HttpUpstreamCalls(registry, accounts, devices, signIns, transport, identity, observer);
        trial = new Trial(prober, login, transport, identity, serverId);
    }

    /** Starts to watch the upstreams. */
    public void start() {
        registry.start();
    }

    public LiveRegistry registry() {
        return registry;
    }

    public UpstreamCalls calls() {
        return calls;
    }

    public FanOut fanOut() {
        return fanOut;
    }

    public Trial trial() {
        return trial;
    }

    /** Lets refused accounts of the upstream try again at once: someone says it is mended. */
    public void retrySignIns(UpstreamId upstream) {
        accounts.of(upstream).forEach(signIns::forgive);
    }

    @Override
    public void close() {
        registry.close();
        fanOut.close();
        transport.close();
    }
}
