package org.embygateway.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embygateway.app.Main;

/** The gateway as a process of its own, which can be killed as a power cut does. */
final class GatewayProcess implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("listens on (http://[0-9.:]+)");

    private final Process process;
    private final String base;

    private GatewayProcess(Process process, String base) {
        this.process = process;
        this.base = base;
    }

    /** Returns when it listens. */
    static GatewayProcess start(Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName());
        builder.environment().putAll(environment);
        try {
            Process process = builder.redirectErrorStream(true).start();
            return new GatewayProcess(process, address(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String address(Process process) throws IOException {
        List<String> said = new ArrayList<>();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            Matcher listens = LISTENS.matcher(line);
            if (listens.find()) {
                Thread.ofVirtual().start(() -> out.lines().forEach(ignored -> {}));
                return listens.group(1);
            }
        }
        throw new AssertionError("the gateway did not start: " + String.join("\n", said));
    }

    String base() {
        return base;
    }

    /** As {@code kill -9}; returns when it is gone. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
