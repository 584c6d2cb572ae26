package org.embygateway.app;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.net.ssl.HttpsURLConnection;
import org.embygateway.config.ServerConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Asks the gateway of this machine how it is, for containers and service managers. */
@Command(
        name = "healthcheck",
        description = "Asks the gateway that runs with the same configuration for /health: 0 when well, else 1.",
        sortOptions = false)
final class HealthcheckCommand implements Callable<Integer> {
    private static final int TIMEOUT_MILLIS = 3000;

    private final Map<String, String> environment;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    HealthcheckCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return GatewayCommand.withConfig(
                options.loadRunning(environment),
                spec.commandLine().getErr(),
                ready -> ask(health(ready.config().server())));
    }

    private static URI health(ServerConfig server) {
        String host = switch (server.host()) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            case String other -> other.contains(":") ? "[" + other + "]" : other;
        };
        String address = server.hasPlain()
                ? "http://" + host + ":" + server.port()
                : "https://" + host + ":" + server.tls().port();
        return URI.create(address + server.basePath() + "/health");
    }

    private int ask(URI health) {
        try {
            HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection(java.net.Proxy.NO_PROXY);
            if (connection instanceof HttpsURLConnection encrypted) {
                encrypted.setSSLSocketFactory(AnyCertificate.sockets());
                encrypted.setHostnameVerifier((host, session) -> true);
            }
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            int status = connection.getResponseCode();
            return status == HttpURLConnection.HTTP_OK ? ExitCode.OK : unwell("answered " + status);
        } catch (IOException e) {
            return unwell("did not answer");
        }
    }

    private int unwell(String why) {
        spec.commandLine().getErr().println("The gateway " + why + ".");
        return ExitCode.SOFTWARE;
    }
}
