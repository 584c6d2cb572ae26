package org.embygateway.app;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.embygateway.config.Config;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The binary: {@code emby-gateway --config conf/config.yaml --port 8080}. */
public final class Main {
    private Main() {}

    public static void main(String... args) {
        System.exit(GatewayCommand.run(Main::run, System.getenv(), args));
    }

    private static int run(Config config) throws IOException, InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        for (String signal : new String[] {"TERM", "INT", "HUP"}) {
            Signal.handle(new Signal(signal), received -> stop(received, told));
        }
        Gateway gateway = Gateway.open(config);
        gateway.start();
        told.await();
        gateway.close();
        return 0;
    }

    /**
     * Whoever tells a second time does not want to wait for running streams. A shutdown hook would do without this class
     * of the JDK, but the exit code would be 143, which supervisors count as a failure.
     */
    private static void stop(Signal signal, CountDownLatch told) {
        Signal.handle(signal, SignalHandler.SIG_DFL);
        told.countDown();
    }
}
