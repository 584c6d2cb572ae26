package org.embygateway.play;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embygateway.index.Copy;
import org.embygateway.index.MediaIndex;
import org.embygateway.index.MergedItem;
import org.embygateway.index.SourceLocation;
import org.embygateway.index.UpstreamRecord;
import org.embygateway.play.ImageOwners.Owner;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.Params;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Call;
import org.embygateway.route.Caller;
import org.embygateway.route.Headers;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;
import org.embygateway.upstream.UpstreamCalls;
import org.embygateway.upstream.UpstreamRegistry;

/**
 * Pictures, for anyone: clients ask for them without credentials. They are fetched once and kept on disk, so they are
 * there while their upstream is not.
 *
 * <p>Emby API: ImageService, {@code getItemsByIdImagesByType} and its kin. A missing picture is always 404.
 */
public final class Images {
    private static final Map<String, String> TYPES = Stream.of(
                    "Primary",
                    "Art",
                    "Backdrop",
                    "Banner",
                    "Logo",
                    "LogoLight",
                    "LogoLightColor",
                    "Thumb",
                    "Disc",
                    "Box",
                    "BoxRear",
                    "Screenshot",
                    "Menu",
                    "Chapter",
                    "Thumbnail")
            .collect(Collectors.toMap(t -> t.toLowerCase(Locale.ROOT), t -> t));
    /** Everybody may ask for pictures: one that nobody has must not be looked for at many servers. */
    private static final int MOST_HOLDERS = 4;

    private static final Map<String, List<ItemKind>> BY_NAME = Map.of(
            "artists", List.of(ItemKind.MUSIC_ARTIST, ItemKind.PERSON),
            "genres", List.of(ItemKind.GENRE),
            "musicgenres", List.of(ItemKind.MUSIC_GENRE),
            "gamegenres", List.of(ItemKind.GAME_GENRE),
            "persons", List.of(ItemKind.PERSON),
            "studios", List.of(ItemKind.STUDIO));

    private final ImageOwners owners;
    private final MediaIndex index;
    private final UpstreamRegistry upstreams;
    private final ImageFiles files;
    private final ImageFetch fetch;

    public Images(
            ImageOwners owners, MediaIndex index, UpstreamRegistry upstreams, UpstreamCalls calls, ImageFiles files) {
        this.owners = owners;
        this.index = index;
        this.upstreams = upstreams;
        this.files = files;
        this.fetch = new ImageFetch(calls, files);
    }

    /**
     * {@code GET /Items/{Id}/Images/{Type}[/{Index}[/{Tag}/{Format}/{MaxWidth}/{MaxHeight}/{PercentPlayed}/
     * {UnPlayedCount}]]} and {@code GET /Persons/{Name}/Images/{Type}[/{Index}]} with its kin.
     */
    public Reply open(Call call) {
        List<String> segments = Segments.of(call.path());
        if (segments.size() < 4) {
            throw Refused.notFound();
        }
        Params asked = segments.size() == 11 ? longForm(segments, call.query()) : call.query();
        String type = Optional.ofNullable(TYPES.get(segments.get(3).toLowerCase(Locale.ROOT)))
                .orElseThrow(Refused::notFound);
        int number = segments.size() > 4
                ? number(segments.get(4))
                : asked.number("Index").orElse(0);
        String tag = asked.text("tag", "");
        Map<String, String> options = ImageOptions.of(asked);
        OptionalLong position = type.equals("Thumbnail") ? ImageOptions.position(asked) : OptionalLong.empty();
        position.ifPresent(p -> options.put("PositionTicks", Long.toString(p)));
        Visible visible = visible(call);
        List<Owner> holders = type.equals("Thumbnail")
                ? thumbnail(visible, segments.get(1), asked, options).stream().toList()
                : holders(visible, segments, type, number, tag);
        return reply(call, holders, options, !tag.isEmpty());
    }

    /** {@code GET /Users/{Id}/Images/{Type}[/{Index}]}: users have no pictures. */
    public Reply ofUser(Call call) {
        throw new Refused(404, "The user has no image.");
    }

    private static Params longForm(List<String> segments, Params query) {
        Map<String, String> told = new TreeMap<>();
        told.put("tag", segments.get(5));
        told.put("format", segments.get(6));
        told.put("maxWidth", segments.get(7));
        told.put("maxHeight", segments.get(8));
        return query.overriddenBy(Params.of(told));
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,4}")) {
            throw Refused.notFound();
        }
        return Integer.parseInt(text);
    }

    /** Clients load pictures as plain resources; one that says who it is gets what that user may see. */
    private Visible visible(Call call) {
        return call.caller()
                .map(Caller::visible)
                .orElseGet(() -> new Visible(
                        upstreams.all().stream().map(UpstreamRecord::id).collect(Collectors.toSet())));
    }

    private List<Owner> holders(Visible visible, List<String> segments, String type, int number, String tag) {
        String root = segments.getFirst().toLowerCase(Locale.ROOT);
        if (root.equals("items")) {
            return ItemId.parse(segments.get(1))
                    .map(id -> owners.find(visible, id, type, number, tag))
                    .orElseGet(List::of);
        }
        return BY_NAME.getOrDefault(root, List.of()).stream()
                .flatMap(kind -> owners.named(kind, segments.get(1)).stream())
                .flatMap(id -> owners.find(visible, id, type, number, tag).stream())
                .toList();
    }

    /** Seek thumbnails belong to a version, and their tags are not kept. */
    private Optional<Owner> thumbnail(Visible visible, String item, Params asked, Map<String, String> options) {
        Optional<SourceLocation> source =
                asked.text("MediaSourceId").flatMap(MediaSourceId::parse).flatMap(id -> index.source(id, visible));
        if (source.isPresent()) {
            options.put("MediaSourceId", source.get().upstreamSourceId());
            return Optional.of(new Owner(
                    source.get().upstream(), source.get().upstreamItemId(), "Thumbnail", 0, "", asked.text("tag", "")));
        }
        return ItemId.parse(item)
                .flatMap(index::resolve)
                .flatMap(id ->
                        Optional.ofNullable(index.find(List.of(id), visible).get(id)))
                .map(MergedItem::copies)
                .flatMap(copies -> copies.stream().findFirst())
                .map(copy -> thumbnail(copy, asked));
    }

    private static Owner thumbnail(Copy copy, Params asked) {
        return new Owner(copy.upstream(), copy.upstreamItemId(), "Thumbnail", 0, "", asked.text("tag", ""));
    }

    /**
     * The first that can be had: where one server is gone, another has a picture of the same, or another size of it is kept.
     */
    private Reply reply(Call call, List<Owner> holders, Map<String, String> options, boolean tagged) {
        List<Owner> asked = holders.stream().limit(MOST_HOLDERS).toList();
        return asked.stream()
                .flatMap(owner -> reply(call, owner, options, tagged && owner.equals(holders.getFirst())).stream())
                .findFirst()
                .or(() -> asked.stream()
                        .flatMap(owner -> otherSize(owner, options).stream())
                        .findFirst())
                .orElseThrow(() -> new Refused(404, "No such image."));
    }

    /** @param lasts whether clients may keep the picture for good */
    private Optional<Reply> reply(Call call, Owner owner, Map<String, String> options, boolean lasts) {
        String key = key(owner, options);
        Headers headers = headers(key, lasts);
        if (isKnown(call, key)) {
            return Optional.of(new Reply.Empty(304, headers));
        }
        return fetch.get(key, owner, options).map(picture -> reply(picture, headers));
    }

    private Optional<Reply> otherSize(Owner owner, Map<String, String> options) {
        return files.otherSize(key(owner, options))
                .flatMap(key -> files.find(key).map(picture -> reply(picture, headers(key, false))));
    }

    private static Reply reply(Picture picture, Headers headers) {
        return new Reply.Bytes(
                200, picture.contentType(), headers.with("X-Content-Type-Options", "nosniff"), picture.bytes());
    }

    private static Headers headers(String key, boolean lasts) {
        return Headers.of("ETag", "\"" + key + "\"", "Cache-Control", lasts ? "public, max-age=31536000" : "public");
    }

    /** In two halves: of what is shown, and of its size. */
    private static String key(Owner owner, Map<String, String> options) {
        String shown = String.join(
                "\n",
                owner.upstream().toString(),
                owner.upstreamItem(),
                owner.type(),
                Integer.toString(owner.index()),
                owner.tag(),
                ImageOptions.ofAnySize(options).toString());
        int half = ImageFiles.SHOWN;
        return Hex32.of(shown).substring(0, half)
                + Hex32.of(shown + "\n" + options).substring(half);
    }

    private static boolean isKnown(Call call, String key) {
        return call.headers().first("If-None-Match").stream()
                .flatMap(tags -> Stream.of(tags.split(",")))
                .map(String::trim)
                .anyMatch(tag -> tag.equals("*") || tag.replace("W/", "").equals("\"" + key + "\""));
    }
}
