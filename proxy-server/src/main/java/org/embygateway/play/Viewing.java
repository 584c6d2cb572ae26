package org.embygateway.play;

import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Caller;

/** One title on one device of one user: what limits count, however many requests it makes and whatever it calls itself. */
record Viewing(UserId user, String device, ItemId item) {
    static Viewing of(Caller caller, ItemId item) {
        return new Viewing(caller.user(), caller.client().deviceId(), item);
    }

    boolean isOnDeviceOf(Viewing other) {
        return user.equals(other.user) && device.equals(other.device);
    }
}
