package org.embygateway.sync;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.embygateway.index.UpstreamItem;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;

/**
 * Takes in what an upstream knows of the artists of a library, their ids at MusicBrainz, pictures and biographies. Who they
 * are and what is by them is known from albums and songs; so a server without such a list loses nothing else.
 */
final class ArtistReading {
    private final UpstreamId upstream;
    private final LibraryWalk walk;
    private final Learning learning;

    ArtistReading(UpstreamId upstream, LibraryWalk walk, Learning learning) {
        this.upstream = upstream;
        this.walk = walk;
        this.learning = learning;
    }

    /** False when some were missed. */
    boolean all(UpstreamItem library) throws InterruptedException {
        return read(library, Question.artists(library));
    }

    boolean savedSince(UpstreamItem library, Instant since) throws InterruptedException {
        String from = since.truncatedTo(ChronoUnit.SECONDS).toString();
        return read(library, Question.artists(library).with("MinDateLastSaved", from));
    }

    private boolean read(UpstreamItem library, Question question) throws InterruptedException {
        if (!Question.hasArtists(library)) {
            return true;
        }
        try {
            return walk.walk(question, 0, (page, next) -> learning.learn(upstream, page.items(library.id())));
        } catch (UpstreamFailed e) {
            if (e.fault() == UpstreamFault.NOT_FOUND || e.fault() == UpstreamFault.FORBIDDEN) {
                return true;
            }
            throw e;
        }
    }
}
