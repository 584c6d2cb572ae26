package org.embygateway.sync;

import org.embygateway.index.MediaIndex;
import org.embygateway.index.Memberships;
import org.embygateway.upstream.MemoryStore;

/** A store of memory with the index that crawls are tested with. */
final class SyncStore extends MemoryStore {
    final FakeIndex index = new FakeIndex();
    final FakeMemberships lists = new FakeMemberships(index);

    @Override
    public MediaIndex media() {
        return index;
    }

    @Override
    public Memberships memberships() {
        return lists;
    }
}
