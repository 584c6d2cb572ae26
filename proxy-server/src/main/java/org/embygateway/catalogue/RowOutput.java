package org.embygateway.catalogue;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes rows compactly, to be read again by {@link RowInput}. A text is written once and named by its number after
 * that; numbers of seven bits a byte, the lowest first.
 */
final class RowOutput {
    private final DataOutputStream out;
    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<Tech, Integer> techs = new HashMap<>();

    RowOutput(OutputStream out) {
        this.out = new DataOutputStream(out);
    }

    void row(Row row) throws IOException {
        number(row.id());
        number(row.kind().code());
        number(row.series());
        number(row.season());
        number(row.album());
        number(row.views().size());
        for (int view : row.views()) {
            number(view);
        }
        number(row.parts().size());
        for (Row.Part part : row.parts()) {
            number(part.upstream());
            texts(part.libraries());
            facts(part.facts());
        }
        if (row.parts().isEmpty()) {
            facts(row.facts());
        }
    }

    private void facts(Facts facts) throws IOException {
        text(facts.name());
        text(facts.folded());
        text(facts.original());
        text(facts.sortKey());
        number(facts.year());
        out.writeLong(facts.premiere());
        out.writeLong(facts.end());
        out.writeLong(facts.created());
        out.writeLong(facts.saved());
        out.writeFloat(facts.communityRating());
        out.writeFloat(facts.criticRating());
        text(facts.officialRating());
        out.writeLong(facts.runTime());
        out.writeLong(facts.size());
        number(facts.bitrate());
        number(facts.number());
        number(facts.numberEnd());
        number(facts.parentNumber());
        number(facts.airedSeason());
        number(facts.airedNumber());
        text(facts.status());
        text(facts.collectionType());
        text(facts.album());
        text(facts.upstreamAlbum());
        texts(facts.albumArtists());
        texts(facts.artists());
        texts(facts.providerIds());
        traits(facts);
        tech(facts.tech());
        number(facts.refs().size());
        for (Facts.Ref ref : facts.refs()) {
            number(ref.kind().code());
            number(ref.id().value());
            text(ref.role());
        }
        images(facts.images());
    }

    private void traits(Facts facts) throws IOException {
        number(facts.traits().size());
        for (Facts.Trait trait : facts.traits()) {
            number(trait.ordinal());
        }
    }

    private void tech(Tech tech) throws IOException {
        Integer known = techs.get(tech);
        if (known != null) {
            number(known);
            return;
        }
        number(techs.size());
        techs.put(tech, techs.size());
        texts(tech.containers());
        texts(tech.videoCodecs());
        texts(tech.audioCodecs());
        texts(tech.subtitleCodecs());
        texts(tech.audioLayouts());
        texts(tech.extendedVideoTypes());
        texts(tech.audioLanguages());
        texts(tech.subtitleLanguages());
        number(tech.width());
        number(tech.height());
        out.writeBoolean(tech.is3d());
    }

    private void images(Images images) throws IOException {
        number(images.all().size());
        for (Images.Image image : images.all()) {
            text(image.type());
            number(image.index());
            number(image.upstream());
            out.writeLong(image.tag().stamp());
        }
    }

    private void texts(Collection<String> values) throws IOException {
        number(values.size());
        for (String value : values) {
            text(value);
        }
    }

    private void text(String value) throws IOException {
        Integer known = texts.get(value);
        if (known != null) {
            number(known);
            return;
        }
        number(texts.size());
        texts.put(value, texts.size());
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        out.write(bytes);
    }

    void number(int value) throws IOException {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
