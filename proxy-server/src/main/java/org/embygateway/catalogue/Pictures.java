package org.embygateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.embygateway.index.Copy;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.MergedItem;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.Visible;
import org.embygateway.rewrite.ImageTag;

/** Finds the copies a picture comes from. Most are asked for without credentials: then the id alone decides, and the tag. */
final class Pictures {
    private static final int ITEMS_OF_PERSON = 20;

    private final MediaIndex media;
    private final String serverId;

    Pictures(MediaIndex media, String serverId) {
        this.media = media;
        this.serverId = serverId;
    }

    /**
     * Best first.
     *
     * @param tag what the client was told; when it is that of another copy's picture, that comes first, since the client
     *     may not see the best copy
     */
    List<ImageOwner> find(Snapshot snapshot, Visible visible, int id, String type, int index, String tag) {
        return media.read(List.of(new ItemId(id))).stream()
                .flatMap(item -> candidates(snapshot, item, type, index))
                .filter(owner -> visible.includes(owner.upstream()))
                .distinct()
                .sorted(Comparator.comparing(owner -> !owner.tag().equals(tag)))
                .toList();
    }

    private Stream<ImageOwner> candidates(Snapshot snapshot, MergedItem item, String type, int index) {
        Stream<ImageOwner> own = item.copies().stream().flatMap(copy -> owner(copy, type, index).stream());
        return item.kind() == ItemKind.PERSON && type.equalsIgnoreCase("Primary") && index == 0
                ? Stream.concat(own, portraits(snapshot, item))
                : own;
    }

    private Optional<ImageOwner> owner(Copy copy, String type, int index) {
        JsonNode document = RowReader.document(copy);
        if (type.equalsIgnoreCase("Backdrop")) {
            return owner(
                    copy, "Backdrop", index, document.path("BackdropImageTags").path(index));
        }
        if (type.equalsIgnoreCase("Chapter")) {
            return owner(
                    copy,
                    "Chapter",
                    index,
                    document.path("Chapters").path(index).path("ImageTag"));
        }
        return document.path("ImageTags").properties().stream()
                .filter(entry -> index == 0 && entry.getKey().equalsIgnoreCase(type))
                .findFirst()
                .flatMap(entry -> owner(copy, entry.getKey(), 0, entry.getValue()));
    }

    private Optional<ImageOwner> owner(Copy copy, String type, int index, JsonNode upstreamTag) {
        String text = upstreamTag.asText("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String tag = ImageTag.of(serverId, copy.upstream(), copy.upstreamItemId(), type, index, text)
                .toString();
        return Optional.of(new ImageOwner(copy.upstream(), copy.upstreamItemId(), type, index, text, tag));
    }

    /** Pictures of a person as the documents of films tell of them. */
    private Stream<ImageOwner> portraits(Snapshot snapshot, MergedItem person) {
        int[] films = snapshot.postings().get(Keys.REF.of(person.id().value())).stream()
                .limit(ITEMS_OF_PERSON)
                .toArray();
        String name = Text.fold(person.name());
        return media.read(Arrays.stream(films).mapToObj(ItemId::new).toList()).stream()
                .flatMap(film -> film.copies().stream())
                .flatMap(copy -> portraits(copy, name));
    }

    private Stream<ImageOwner> portraits(Copy copy, String name) {
        Stream.Builder<ImageOwner> owners = Stream.builder();
        for (JsonNode person : RowReader.document(copy).path("People")) {
            String upstreamTag = person.path("PrimaryImageTag").asText("");
            String id = person.path("Id").asText("");
            if (!upstreamTag.isEmpty()
                    && !id.isEmpty()
                    && Text.fold(person.path("Name").asText("")).equals(name)) {
                String tag = ImageTag.of(serverId, copy.upstream(), id, "Primary", 0, upstreamTag)
                        .toString();
                owners.add(new ImageOwner(copy.upstream(), id, "Primary", 0, upstreamTag, tag));
            }
        }
        return owners.build();
    }
}
