package org.embygateway.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.embygateway.protocol.EmbyJson;
import org.embygateway.route.Headers;
import org.embygateway.route.Reply;

/** Errors as RFC 9457 has them, with the field each is about. */
final class Problem {
    private Problem() {}

    /** @param pointer the field as an RFC 6901 fragment: {@code #/url} */
    record Fault(String pointer, String code, String detail) {}

    static Reply invalid(List<Fault> faults) {
        ObjectNode body = body(400, "validation", "Validation failed");
        body.put("detail", faults.size() == 1 ? faults.getFirst().detail() : faults.size() + " fields are invalid");
        ArrayNode errors = body.putArray("errors");
        faults.forEach(fault -> errors.addObject()
                .put("pointer", fault.pointer())
                .put("code", fault.code())
                .put("detail", fault.detail()));
        return reply(400, body);
    }

    static Reply of(int status, String code, String detail) {
        return reply(status, body(status, code, detail));
    }

    private static ObjectNode body(int status, String code, String title) {
        return EmbyJson.object()
                .put("type", "urn:gw:problem:" + code)
                .put("title", title)
                .put("status", status)
                .put("code", code);
    }

    private static Reply reply(int status, ObjectNode body) {
        return new Reply.Bytes(status, "application/problem+json", Headers.NONE, EmbyJson.write(body));
    }
}
