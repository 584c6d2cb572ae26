package org.embygateway.broadcast;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.embygateway.index.AccountRecord;
import org.embygateway.index.Accounts;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.embygateway.protocol.Visible;

/** Where a person's watch state goes: to accounts that it may be written to, and only what the person may see. */
public final class Recipients {
    private final Accounts accounts;
    private final Titles titles;
    private final Function<UserId, Visible> sight;
    private final boolean writeToShared;

    /**
     * @param sight what a user may see now
     * @param writeToShared whether default accounts that several people share are written to
     */
    public Recipients(Accounts accounts, Titles titles, Function<UserId, Visible> sight, boolean writeToShared) {
        this.accounts = accounts;
        this.titles = titles;
        this.sight = sight;
        this.writeToShared = writeToShared;
    }

    /** The upstream's own ids of the item; none when nothing is to be told there. */
    List<String> idsOn(UpstreamId upstream, UserId user, ItemId item) {
        boolean writes = accounts.use(upstream, Optional.of(user))
                .filter(this::isWritten)
                .isPresent();
        return writes ? titles.copiesOf(item, sight.apply(user)).getOrDefault(upstream, List.of()) : List.of();
    }

    private boolean isWritten(AccountRecord account) {
        return switch (account.watchState()) {
            case OWN -> true;
            case SHARED -> account.owner().isEmpty() && writeToShared;
            case READ_ONLY -> false;
        };
    }
}
