package org.embygateway.app.routes;

import java.util.ArrayList;
import java.util.List;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.route.Access;
import org.embygateway.route.Handler;
import org.embygateway.route.PathPattern;
import org.embygateway.route.Reply;
import org.embygateway.route.Route;
import org.embygateway.route.Treatment;

/** Collects rows of the table, and names the treatments that need no handler of their own. */
final class Rows {
    private static final byte[] EMPTY_LIST = EmbyJson.write(EmbyJson.MAPPER.createArrayNode());
    private static final byte[] EMPTY_OBJECT = EmbyJson.write(EmbyJson.object());
    private static final byte[] EMPTY_RESULT = emptyResult();

    private final List<Route> rows = new ArrayList<>();

    List<Route> rows() {
        return List.copyOf(rows);
    }

    Rows get(String path, Access access, Treatment treatment) {
        return row("GET", path, access, treatment);
    }

    Rows post(String path, Access access, Treatment treatment) {
        return row("POST", path, access, treatment);
    }

    Rows put(String path, Access access, Treatment treatment) {
        return row("PUT", path, access, treatment);
    }

    Rows patch(String path, Access access, Treatment treatment) {
        return row("PATCH", path, access, treatment);
    }

    Rows delete(String path, Access access, Treatment treatment) {
        return row("DELETE", path, access, treatment);
    }

    /** A DELETE and the {@code POST …/Delete} that most clients send in its place. */
    Rows deleteTwins(String path, Access access, Treatment treatment) {
        return delete(path, access, treatment).post(path + "/Delete", access, treatment);
    }

    /** The same treatment for several methods, written {@code "GET,POST"}. */
    Rows each(String methods, String path, Access access, Treatment treatment) {
        for (String method : methods.split(",")) {
            row(method, path, access, treatment);
        }
        return this;
    }

    private Rows row(String method, String path, Access access, Treatment treatment) {
        rows.add(new Route(method, PathPattern.of(path), access, treatment));
        return this;
    }

    static Treatment local(Handler handler) {
        return new Treatment.Local(handler);
    }

    static Treatment catalogue(Handler handler) {
        return new Treatment.Catalogue(handler);
    }

    static Treatment forward(Handler handler) {
        return new Treatment.Forward(handler);
    }

    static Treatment broadcast(Handler handler) {
        return new Treatment.Broadcast(handler);
    }

    static Treatment stream(Handler handler) {
        return new Treatment.Stream(handler);
    }

    /** Administration of a real server is not done through the gateway. */
    static Treatment serverOnly() {
        return new Treatment.Refuse(
                403, "This belongs to the administration of a media server and is not available here.");
    }

    /** What the user may not do here. */
    static Treatment forbidden() {
        return new Treatment.Refuse(403, "User does not have permission for this.");
    }

    /** What the gateway does not have. */
    static Treatment absent() {
        return new Treatment.Refuse(404, "Not found.");
    }

    /** {@code []} */
    static Treatment emptyList() {
        return local(call -> Reply.json(EMPTY_LIST));
    }

    /** {@code {}} */
    static Treatment emptyObject() {
        return local(call -> Reply.json(EMPTY_OBJECT));
    }

    /** {@code {"Items":[],"TotalRecordCount":0}} */
    static Treatment noItems() {
        return local(call -> Reply.json(EMPTY_RESULT));
    }

    /** 204 without doing anything. */
    static Treatment accepted() {
        return local(call -> Reply.noContent());
    }

    private static byte[] emptyResult() {
        var result = EmbyJson.object();
        result.putArray("Items");
        result.put("TotalRecordCount", 0);
        return EmbyJson.write(result);
    }
}
