package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.embygateway.index.Copy;
import org.embygateway.index.Excerpts;
import org.embygateway.index.MergedItem.ByNameRef;
import org.embygateway.index.Outline;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.UpstreamId;

/**
 * Keeps beside each document what rows are made of: packed like a row of that copy alone, without the ids of what it names,
 * since these change when people and genres are merged.
 */
public final class RowExcerpts implements Excerpts {
    private static final MediaSourceId ANY = new MediaSourceId(new ItemId(1));

    private final String serverId;
    private final int form;

    /** @param serverId of the gateway, which the tags of pictures depend on */
    public RowExcerpts(String serverId) {
        this.serverId = serverId;
        this.form = KeptRows.MAGIC * 31 + serverId.hashCode() | 1;
    }

    @Override
    public int form() {
        return form;
    }

    @Override
    public byte[] of(UpstreamId upstream, String upstreamItemId, ItemKind kind, JsonNode document) {
        Images images = Images.of(upstream, upstreamItemId, document, serverId);
        Shown shown = Shown.of(document, sources(document), kind, Shown.ArtistIds.NONE);
        Facts facts = Facts.of(document, kind, "", List.of(), images, shown);
        Row.Part part = new Row.Part(upstream.value(), List.of(), facts);
        OwnWords words = new OwnWords();
        byte[] row = new RowOutput(words).packed(new Row(0, kind, 0, facts, 0, 0, 0, List.of(), List.of(part)));
        return words.before(row);
    }

    /** The facts of the document, with the names as they are merged now. */
    static Facts facts(Outline.Excerpt excerpt) {
        OwnWords words = new OwnWords();
        int at = words.read(excerpt.bytes());
        Facts facts = new RowInput(words, excerpt.bytes(), at).row(0).facts();
        return facts.withRefs(
                excerpt.names().stream().map(RowExcerpts::ref).toList(), artistIds(facts, excerpt.names()));
    }

    private static Shown.ArtistIds artistIds(Facts facts, List<ByNameRef> names) {
        return facts.artists().isEmpty()
                        && facts.albumArtists().isEmpty()
                        && facts.composers().isEmpty()
                ? Shown.ArtistIds.NONE
                : new RowReader.Names(names).artists(facts.artists(), facts.albumArtists(), facts.composers());
    }

    /** The versions that are listed with the document, without the gateway's ids. */
    static List<Copy.Source> sources(JsonNode document) {
        List<Copy.Source> sources = new ArrayList<>();
        for (JsonNode source : document.path("MediaSources")) {
            JsonNode id = source.path("Id");
            if ((id.isTextual() || id.isIntegralNumber()) && !id.asText().isBlank()) {
                sources.add(new Copy.Source(
                        ANY,
                        id.asText().trim(),
                        "",
                        source.path("Size").asLong(0),
                        source.path("RunTimeTicks").asLong(0)));
            }
        }
        return sources;
    }

    private static Facts.Ref ref(ByNameRef name) {
        return new Facts.Ref(name.kind(), name.id(), name.role());
    }
}
