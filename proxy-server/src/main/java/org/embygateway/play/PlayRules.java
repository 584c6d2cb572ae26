package org.embygateway.play;

import java.time.Duration;
import java.util.function.Function;
import org.embygateway.index.UserRights;
import org.embygateway.protocol.UserId;

/**
 * What playing goes by.
 *
 * @param deadline how long several copies may take to say how they can be played
 * @param streamsPerUser most titles that one person may play at one time, unless said otherwise of that person; 0 for any
 *     number
 * @param stall a server that sends nothing of a file for so long while the client waits is given up
 * @param idle a title of which nothing is heard for so long gives up its place
 * @param rights what a person may do; may wait
 */
public record PlayRules(
        Duration deadline,
        int streamsPerUser,
        Duration stall,
        Duration idle,
        Function<UserId, UserRights> rights,
        PlayObserver observer) {

    int streamsOf(UserId user) {
        int own = rights.apply(user).streamsAtOnce();
        return own > 0 ? own : streamsPerUser;
    }
}
