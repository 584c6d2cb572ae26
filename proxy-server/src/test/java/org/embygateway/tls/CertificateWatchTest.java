package org.embygateway.tls;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embygateway.tls.ThrowAwayAuthority.Issued;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class CertificateWatchTest {
    private static final ThrowAwayAuthority AUTHORITY = new ThrowAwayAuthority();
    private static final Issued FIRST = AUTHORITY.issue();
    private static final Issued SECOND = AUTHORITY.issueRsa();

    @TempDir
    Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<OwnCertificate> taken = new ArrayList<>();

    @BeforeEach
    void listen() {
        log.start();
        logger().setLevel(Level.INFO);
        logger().addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(log);
        logger().setLevel(null);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(CertificateWatch.class);
    }

    private CertificateWatch watch(CertificateFiles files, Clock clock) {
        return new CertificateWatch(files, FIRST.certificate(), Duration.ofHours(1), clock, taken::add);
    }

    private CertificateWatch watch() {
        CertificateWatch watch = watch(FIRST.in(folder), Clock.systemUTC());
        looks(watch, 3);
        return watch;
    }

    private static void looks(CertificateWatch watch, int times) {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }

    private List<String> said() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void unchangedFilesChangeNothing() {
        watch();

        assertThat(taken).isEmpty();
        assertThat(said()).isEmpty();
    }

    @Test
    void aRenewedPairIsTakenOnce() {
        CertificateWatch watch = watch();
        SECOND.in(folder);
        looks(watch, 4);

        assertThat(taken).containsExactly(SECOND.certificate());
        assertThat(said()).singleElement().asString().contains("new TLS certificate", "localhost");
    }

    @Test
    void aChainWhoseKeyComesAMomentLaterIsNoFault() throws IOException {
        CertificateWatch watch = watch();
        Files.writeString(folder.resolve("chain.pem"), SECOND.chainPem());
        looks(watch, 1);
        Files.writeString(folder.resolve("key.pem"), SECOND.keyPem());
        looks(watch, 2);

        assertThat(taken).containsExactly(SECOND.certificate());
        assertThat(said()).hasSize(1);
    }

    @Test
    void aBrokenFileIsSaidOnceAndTheRepairedOneTaken() throws IOException {
        CertificateWatch watch = watch();
        Files.writeString(folder.resolve("key.pem"), SECOND.keyPem());
        looks(watch, 5);
        assertThat(taken).isEmpty();
        assertThat(said()).singleElement().asString().contains("the old one stays: server.tls.key: does not belong");

        SECOND.in(folder);
        looks(watch, 2);
        assertThat(taken).containsExactly(SECOND.certificate());
    }

    @Test
    void aFileThatIsGoneForAWhileChangesNothing() throws IOException {
        CertificateWatch watch = watch();
        Files.delete(folder.resolve("chain.pem"));
        looks(watch, 3);
        assertThat(said()).singleElement().asString().contains("chain.pem", "cannot be read");

        SECOND.in(folder);
        looks(watch, 2);
        assertThat(taken).containsExactly(SECOND.certificate());
    }

    @Test
    void whatIsSwappedInBehindALinkIsSeen() throws IOException {
        Path one = Files.createDirectory(folder.resolve("one"));
        Path two = Files.createDirectory(folder.resolve("two"));
        FIRST.in(one);
        SECOND.in(two);
        Path data = Files.createSymbolicLink(folder.resolve("data"), one);
        CertificateWatch watch = watch(
                new CertificateFiles(data.resolve("chain.pem"), Optional.of(data.resolve("key.pem")), Optional.empty()),
                Clock.systemUTC());
        looks(watch, 2);
        Files.delete(data);
        Files.createSymbolicLink(data, two);
        looks(watch, 2);

        assertThat(taken).containsExactly(SECOND.certificate());
    }

    @Test
    void aCertificateThatCannotBeUsedStaysOut() {
        CertificateWatch watch = new CertificateWatch(
                FIRST.in(folder), FIRST.certificate(), Duration.ofHours(1), Clock.systemUTC(), c -> {
                    throw new IllegalArgumentException("no");
                });
        SECOND.in(folder);
        looks(watch, 3);

        assertThat(said()).singleElement().asString().contains("the old one stays");
    }

    @Test
    void theEndIsHintedAtOnceADay() {
        Instant late = FIRST.certificate().end().minus(Duration.ofDays(2));
        CertificateWatch watch = watch(FIRST.in(folder), Clock.fixed(late, ZoneOffset.UTC));
        looks(watch, 5);

        assertThat(said()).singleElement().asString().contains("expires on");
    }

    @Test
    void itLooksByItself() throws InterruptedException {
        CertificateFiles files = FIRST.in(folder);
        Object[] got = new Object[1];
        try (CertificateWatch watch = new CertificateWatch(
                files, FIRST.certificate(), Duration.ofMillis(20), Clock.systemUTC(), found -> got[0] = found)) {
            watch.start();
            SECOND.in(folder);
            org.awaitility.Awaitility.await().until(() -> SECOND.certificate().equals(got[0]));
        }
    }
}
