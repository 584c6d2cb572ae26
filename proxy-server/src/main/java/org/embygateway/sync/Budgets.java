package org.embygateway.sync;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.embygateway.index.SyncRules;
import org.embygateway.index.SyncStates;
import org.embygateway.protocol.UpstreamId;

/** What each upstream may be asked for the index; one budget for the crawl and the live lists of an upstream. */
public final class Budgets {
    private final SyncStates states;
    private final Function<UpstreamId, Use> use;
    private final Map<UpstreamId, Budget> budgets = new ConcurrentHashMap<>();

    /** @param use what people are doing on the upstream right now */
    public Budgets(SyncStates states, Function<UpstreamId, Use> use) {
        this.states = states;
        this.use = use;
    }

    Budget of(UpstreamId upstream) {
        return budgets.computeIfAbsent(upstream, id -> new Budget(states.rules(id), () -> use.apply(id)));
    }

    /** What the owner of the upstream allows. */
    public SyncRules rules(UpstreamId upstream) {
        return states.rules(upstream);
    }

    /** Changes what the owner allows; in force for the next question. */
    public void change(UpstreamId upstream, SyncRules rules) {
        states.putRules(upstream, rules);
        of(upstream).follow(rules);
    }
}
