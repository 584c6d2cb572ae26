package org.embygateway.sync;

import org.embygateway.index.MediaIndex;
import org.embygateway.upstream.MemoryStore;

/** A store of memory with the index that crawls are tested with. */
final class SyncStore extends MemoryStore {
    final FakeIndex index = new FakeIndex();

    @Override
    public MediaIndex media() {
        return index;
    }
}
