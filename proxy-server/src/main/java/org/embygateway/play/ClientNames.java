package org.embygateway.play;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.embygateway.protocol.Hex32;
import org.embygateway.protocol.MediaSourceId;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.rewrite.UrlNames;
import org.embygateway.route.Caller;

/**
 * The names under which one client gets to see one upstream's copy of an item.
 *
 * @param clientItem the item id that the client uses
 * @param upstreamItems all ids of the item and its versions there
 * @param sources the gateway's ids of the sources there
 * @param playSession what stands for the upstream's play session
 */
record ClientNames(
        Caller caller,
        UpstreamId upstream,
        String clientItem,
        java.util.Set<String> upstreamItems,
        Map<String, MediaSourceId> sources,
        UnaryOperator<String> playSessions,
        OpaqueValues opaque)
        implements UrlNames {

    @Override
    public Optional<String> item(String upstreamItem) {
        String plain = plain(upstreamItem);
        return upstreamItems.stream().anyMatch(i -> plain(i).equals(plain))
                ? Optional.of(clientItem)
                : Optional.empty();
    }

    @Override
    public Optional<String> source(String upstreamSource) {
        String plain = plain(upstreamSource);
        return sources.entrySet().stream()
                .filter(e -> plain(e.getKey()).equals(plain))
                .map(e -> e.getValue().toString())
                .findFirst();
    }

    /** Other servers write one id with and without dashes. */
    private static String plain(String id) {
        return Hex32.parse(id).orElse(id);
    }

    @Override
    public String playSession(String upstreamSession) {
        return playSessions.apply(upstreamSession);
    }

    @Override
    public String device() {
        return caller.client().deviceId();
    }

    @Override
    public String user() {
        return caller.user().toString();
    }

    @Override
    public String token() {
        return caller.token().value();
    }

    @Override
    public String liveStream(String upstreamLiveStream) {
        return opaque.wrap(OpaqueValues.Kind.LIVE_STREAM, upstream, upstreamLiveStream);
    }

    /** {@code /gw/x/{Opaque}/{Name}}: the name keeps the ending, by which players choose what to do. */
    @Override
    public String sealed(String url) {
        return "/gw/x/" + opaque.wrap(OpaqueValues.Kind.ADDRESS, upstream, url) + "/media" + ending(url);
    }

    private static String ending(String url) {
        String path = url.replaceAll("[?#].*", "");
        int dot = path.lastIndexOf('.');
        String ending = dot < 0 ? "" : path.substring(dot);
        return ending.matches("\\.[A-Za-z0-9]{1,5}") && path.indexOf('/', "https://".length()) > 0 ? ending : "";
    }
}
