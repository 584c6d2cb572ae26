package org.embygateway.upstream;

import org.embygateway.protocol.UpstreamId;

/** An upstream's part of a fan-out: what it said, or that it said nothing. Empty and unknown stay different. */
public sealed interface Answer<T> {
    UpstreamId from();

    record Got<T>(UpstreamId from, T value) implements Answer<T> {}

    record Missing<T>(UpstreamId from, UpstreamFault fault) implements Answer<T> {}
}
