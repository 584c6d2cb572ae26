package org.embygateway.route;

/** One row of the table. */
public record Route(String method, PathPattern pattern, Access access, Treatment treatment) {
    /** The template, for logs and metrics: never the URL itself, since keys travel in query strings. */
    public String template() {
        return method + " " + pattern.text();
    }
}
