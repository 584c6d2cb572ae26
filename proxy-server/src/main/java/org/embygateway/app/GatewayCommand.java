package org.embygateway.app;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.embygateway.config.Config;
import org.embygateway.config.Fault;
import org.embygateway.config.Loaded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command line. Exit codes: 0 stopped when told to, 1 could not start or failed, 2 wrong flags or configuration.
 */
@Command(
        name = "emby-gateway",
        description = "One Emby server in front of many.",
        sortOptions = false,
        usageHelpAutoWidth = true,
        versionProvider = Version.class,
        footer = {
            "",
            "A flag wins over an environment variable, a variable over the file, the file over the default.",
            "The variable of the key server.public-url is GATEWAY_SERVER_PUBLIC_URL, and so on for every key;",
            "those of the section database begin with DB_ (DB_TYPE, DB_HOST)."
        })
public final class GatewayCommand implements Callable<Integer> {
    private final Start start;
    private final Map<String, String> environment;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--help", usageHelp = true, scope = ScopeType.INHERIT, description = "show this and exit")
    private boolean help;

    @Option(
            names = "--version",
            versionHelp = true,
            scope = ScopeType.INHERIT,
            description = "show the version and exit")
    private boolean version;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private GatewayCommand(Start start, Map<String, String> environment) {
        this.start = start;
        this.environment = environment;
    }

    /** Does what {@code args} say and returns the exit code of the process. */
    public static int run(Start start, Map<String, String> environment, String... args) {
        return commandLine(start, environment).execute(args);
    }

    static CommandLine commandLine(Start start, Map<String, String> environment) {
        return new CommandLine(new GatewayCommand(start, environment))
                .addSubcommand(new HealthcheckCommand(environment))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() {
        return withConfig(options.load(environment), spec.commandLine().getErr(), this::start);
    }

    /** What {@code use} makes of the configuration; its faults on {@code err} when it has any. */
    static int withConfig(Loaded loaded, PrintWriter err, Function<Loaded.Ready, Integer> use) {
        return switch (loaded) {
            case Loaded.Ready ready -> use.apply(ready);
            case Loaded.Faulty(var faults) -> {
                err.printf(
                        "Nothing was started: the configuration has %d fault%s.%n",
                        faults.size(), faults.size() == 1 ? "" : "s");
                faults.forEach(fault -> err.println("  " + fault));
                err.flush();
                yield ExitCode.USAGE;
            }
        };
    }

    private int start(Loaded.Ready ready) {
        Config config = ready.config();
        Logging.start(config.log());
        Logger log = LoggerFactory.getLogger(GatewayCommand.class);
        for (Fault warning : ready.warnings()) {
            log.warn("Configuration: {}", warning);
        }
        try {
            return start.run(config);
        } catch (Exception e) {
            log.error("The gateway could not start: {}", e.getMessage(), e);
            return ExitCode.SOFTWARE;
        }
    }
}
