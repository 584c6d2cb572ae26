package org.embygateway.route;

/** Answers a call. Runs on a virtual thread and may block; what it throws becomes an error reply in the dispatcher. */
@FunctionalInterface
public interface Handler {
    Reply handle(Call call);
}
