package org.embygateway.edge;

/** What the streams of one event loop share, to be used on that loop alone. */
record LoopResources(UpstreamPool upstreams, PipePool pipes) {
    LoopResources() {
        this(new UpstreamPool(), new PipePool());
    }
}
