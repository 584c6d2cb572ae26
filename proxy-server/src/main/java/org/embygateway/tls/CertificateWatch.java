package org.embygateway.tls;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a renewed certificate without a restart: looks into the files every few seconds, which also sees what is swapped
 * in behind a symbolic link. Files that cannot be used leave the certificate in use as it is.
 *
 * <p>Contents count when two looks have found the same, since chain and key are seldom replaced in the same moment.
 */
public final class CertificateWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

    private final CertificateFiles files;
    private final Duration every;
    private final Clock clock;
    private final Consumer<OwnCertificate> taker;
    private OwnCertificate inUse;
    private CertificateFiles.@Nullable Contents judged;
    private CertificateFiles.@Nullable Contents seen;
    private @Nullable LocalDate hinted;
    private String lastFault = "";
    private @Nullable Thread watching;

    /**
     * @param every how often to look
     * @param taker gets each new certificate; throws {@link IllegalArgumentException} when it cannot be used
     */
    public CertificateWatch(
            CertificateFiles files, OwnCertificate inUse, Duration every, Clock clock, Consumer<OwnCertificate> taker) {
        this.files = files;
        this.inUse = inUse;
        this.every = every;
        this.clock = clock;
        this.taker = taker;
    }

    public synchronized void start() {
        watching = Thread.ofVirtual().name("certificate-watch").start(() -> {
            try {
                while (true) {
                    look();
                    Thread.sleep(every);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // closed
            }
        });
    }

    @Override
    public synchronized void close() {
        if (watching != null) {
            watching.interrupt();
        }
    }

    /** When the certificate in use ends. */
    public synchronized Instant end() {
        return inUse.end();
    }

    synchronized void look() {
        try {
            CertificateFiles.Contents found = files.read();
            boolean settled = seen != null && found.isSame(seen);
            seen = found;
            if (settled && (judged == null || !found.isSame(judged))) {
                judged = found;
                take(files.parse(found));
            }
        } catch (BadCertificate e) {
            complain(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            complain("it cannot be used for TLS");
        }
        hint();
    }

    private void take(OwnCertificate found) {
        lastFault = "";
        if (!found.equals(inUse)) {
            taker.accept(found);
            inUse = found;
            hinted = null;
            LOG.info("A new TLS certificate is in use, for {}, until {}", found.names(), found.end());
        }
    }

    private void complain(String fault) {
        if (!fault.equals(lastFault)) {
            lastFault = fault;
            LOG.warn("The new TLS certificate is not used, the old one stays: {}", fault);
        }
    }

    /** Once a day, so that it is not missed and fills no log. */
    private void hint() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!today.equals(hinted)) {
            hinted = today;
            inUse.hint(clock.instant()).ifPresent(hint -> LOG.warn("The TLS certificate {}", hint));
        }
    }
}
