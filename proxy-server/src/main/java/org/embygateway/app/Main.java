package org.embygateway.app;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.embygateway.config.Config;

/** The binary: {@code emby-gateway --config conf/config.yaml --port 8080}. */
public final class Main {
    private Main() {}

    public static void main(String... args) {
        System.exit(GatewayCommand.run(Main::run, System.getenv(), args));
    }

    private static int run(Config config) throws IOException, InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Gateway gateway = Gateway.open(config);
        gateway.start();
        Thread shutdown = new Thread(
                () -> {
                    gateway.close();
                    stopped.countDown();
                },
                "shutdown");
        Runtime.getRuntime().addShutdownHook(shutdown);
        stopped.await();
        return 0;
    }
}
