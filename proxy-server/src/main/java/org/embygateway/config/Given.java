package org.embygateway.config;

import java.util.List;
import java.util.Map;

/** A value as it was written, and where. */
sealed interface Given {
    /** Such as {@code config.yaml:12}, {@code DB_HOST} or {@code --port}. */
    String where();

    /** What it is, in a person's words. */
    String shape();

    record Scalar(String where, String text) implements Given {
        @Override
        public String shape() {
            return "a single value";
        }
    }

    record Listing(String where, List<Given> elements) implements Given {
        @Override
        public String shape() {
            return "a list";
        }
    }

    record Section(String where, Map<String, Given> entries) implements Given {
        @Override
        public String shape() {
            return "a section";
        }
    }
}
