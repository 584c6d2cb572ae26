package org.embygateway.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.embygateway.protocol.ItemId;
import org.embygateway.protocol.ItemKind;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.Visible;
import org.embygateway.route.Headers;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;
import org.embygateway.upstream.UpstreamFailed;
import org.embygateway.upstream.UpstreamFault;
import org.embygateway.upstream.UpstreamResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 1, 2, 3};

    @TempDir
    Path directory;

    private final World world = new World(1);
    private byte[] body = JPEG;
    private int status = 200;
    private UpstreamId upstream;
    private List<UpstreamId> holders = List.of();
    private Images images;

    @BeforeEach
    void aServerWithOnePicture() {
        upstream = world.upstreams.has(1, "http://one.lan", request -> {
            LockSupport.parkNanos(20_000_000);
            return new UpstreamResponse(
                    status, Headers.of("Content-Type", "text/html"), body, URI.create("http://one.lan/"));
        });
        holders = List.of(upstream);
        images = images(new ImageFiles(directory, 1 << 20));
    }

    private Images images(ImageFiles files) {
        files.load();
        ImageOwners owners = new ImageOwners() {
            @Override
            public List<Owner> find(Visible visible, ItemId item, String type, int index, String tag) {
                return item.value() == 10 && index == 0
                        ? holders.stream()
                                .map(holder -> new Owner(holder, "1600", type, index, "uptag", "gwtag"))
                                .toList()
                        : List.of();
            }

            @Override
            public Optional<ItemId> named(ItemKind kind, String name) {
                return kind == ItemKind.PERSON && name.equals("Al Pacino")
                        ? Optional.of(new ItemId(10))
                        : Optional.empty();
            }
        };
        return new Images(owners, world.index, world.upstreams, world.upstreams, files);
    }

    private Reply.Bytes open(String url) {
        return (Reply.Bytes) images.open(world.get(url));
    }

    @Test
    void theSecondRequestIsServedLocallyAndByRevalidation() {
        Reply.Bytes first = open("/Items/10/Images/Primary?tag=gwtag&maxWidth=217&quality=90");
        String etag = first.headers().first("ETag").orElseThrow();

        assertThat(first.contentType()).isEqualTo("image/jpeg");
        assertThat(first.headers().first("Cache-Control")).hasValue("public, max-age=31536000");
        assertThat(open("/items/10/images/primary/0?QUALITY=88&MaxWidth=220&Tag=gwtag")
                        .body())
                .isEqualTo(JPEG);
        assertThat(images.open(
                        world.get("/Items/10/Images/Primary?tag=gwtag&maxWidth=217&quality=90", "If-None-Match", etag)))
                .isInstanceOfSatisfying(
                        Reply.Empty.class, r -> assertThat(r.status()).isEqualTo(304));
        assertThat(world.upstreams.asked).hasSize(1);
        assertThat(world.upstreams.asked.getFirst().request().path()).isEqualTo("/Items/1600/Images/Primary");
        assertThat(world.upstreams.asked.getFirst().request().query())
                .containsEntry("maxWidth", "240")
                .containsEntry("tag", "uptag");
    }

    @Test
    void picturesOutliveTheirServerAndARestart() {
        open("/Items/10/Images/Primary?tag=gwtag");
        world.upstreams.goesOffline(upstream);

        assertThat(open("/Items/10/Images/Primary?tag=gwtag").body()).isEqualTo(JPEG);
        images = images(new ImageFiles(directory, 1 << 20));
        assertThat(open("/Items/10/Images/Primary?tag=gwtag").body()).isEqualTo(JPEG);
    }

    @Test
    void anotherServersPictureStandsInForOneThatCannotBeHadAndIsNotKeptByClientsForGood() {
        byte[] other = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 9};
        UpstreamId second = world.upstreams.has(
                2,
                "http://two.lan",
                request -> new UpstreamResponse(200, Headers.NONE, other, URI.create("http://two.lan/")));
        holders = List.of(upstream, second);
        world.upstreams.goesOffline(upstream);
        Reply.Bytes standIn = open("/Items/10/Images/Primary?tag=gwtag");
        assertThat(standIn.body()).isEqualTo(other);
        assertThat(standIn.headers().first("Cache-Control")).hasValue("public");

        world.upstreams.comesBack(upstream);
        Reply.Bytes own = open("/Items/10/Images/Primary?tag=gwtag");
        assertThat(own.body()).isEqualTo(JPEG);
        assertThat(own.headers().first("ETag")).isNotEqualTo(standIn.headers().first("ETag"));
    }

    @Test
    void anotherSizeOfThePictureStandsInWhileNobodyCanGiveTheOneAskedFor() {
        open("/Items/10/Images/Primary?tag=gwtag&maxWidth=200");
        body = Arrays.copyOf(JPEG, 100);
        String larger = open("/Items/10/Images/Primary?tag=gwtag&maxWidth=400")
                .headers()
                .first("ETag")
                .orElseThrow();
        open("/Items/10/Images/Backdrop");
        world.upstreams.goesOffline(upstream);

        Reply.Bytes standIn = open("/Items/10/Images/Primary?tag=gwtag&maxWidth=1000&quality=90");
        assertThat(standIn.body()).isEqualTo(body);
        assertThat(standIn.headers().first("ETag")).hasValue(larger);
        assertThat(standIn.headers().first("Cache-Control")).hasValue("public");
        assertNotFound("/Items/10/Images/Primary?tag=gwtag&maxWidth=1000&blur=9");
        assertNotFound("/Items/10/Images/Logo?maxWidth=1000");
    }

    @Test
    void aHundredWhoMissTheSamePictureCauseOneFetch() throws Exception {
        List<Future<Reply.Bytes>> replies = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                replies.add(threads.submit(() -> open("/Items/10/Images/Primary?tag=gwtag")));
            }
        }
        for (Future<Reply.Bytes> reply : replies) {
            assertThat(reply.get().body()).isEqualTo(JPEG);
        }
        assertThat(world.upstreams.asked).hasSize(1);
    }

    @Test
    void aClientThatLeavesDoesNotTakeThePictureFromOthers() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        UpstreamId slow = world.upstreams.has(2, "http://two.lan", request -> {
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new UpstreamFailed(new UpstreamId(2), UpstreamFault.TIMED_OUT, "was no longer waited for");
            }
            return new UpstreamResponse(200, Headers.NONE, JPEG, URI.create("http://two.lan/"));
        });
        holders = List.of(slow);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply.Bytes> leaving = threads.submit(() -> open("/Items/10/Images/Primary?tag=gwtag"));
            asked.await();
            Future<Reply.Bytes> staying = threads.submit(() -> open("/Items/10/Images/Primary?tag=gwtag"));
            leaving.cancel(true);
            answer.countDown();

            assertThat(staying.get().body()).isEqualTo(JPEG);
        }
    }

    @Test
    void whatIsMissingIsNotAskedForAgainAndAlwaysNotFound() {
        status = 500;
        assertNotFound("/Items/10/Images/Banner");
        status = 404;
        assertNotFound("/Items/10/Images/Primary");
        assertNotFound("/Items/10/Images/Primary");
        assertNotFound("/Items/10/Images/Backdrop/7");
        assertNotFound("/Items/99/Images/Primary");
        assertNotFound("/Items/10/Images/Nonsense");
        assertNotFound("/Items/10/Images/Primary/-1");
        assertNotFound("/Items/mediasource_10/Images/Primary");

        assertThat(world.upstreams.asked).hasSize(2);
        assertThatThrownBy(() -> images.ofUser(world.get("/Users/" + World.ALICE + "/Images/Primary")))
                .isInstanceOf(Refused.class);
    }

    private void assertNotFound(String url) {
        assertThatThrownBy(() -> images.open(world.get(url)))
                .as(url)
                .isInstanceOf(Refused.class)
                .extracting(e -> ((Refused) e).status())
                .isEqualTo(404);
    }

    @Test
    void whatIsNoImageDoesNotPass() {
        body = "<svg onload='x'/>".getBytes();

        assertNotFound("/Items/10/Images/Primary");
    }

    @Test
    void byNameAndLongFormLeadToTheSamePicture() {
        assertThat(open("/Persons/Al%20Pacino/Images/Primary?tag=gwtag").body()).isEqualTo(JPEG);
        assertThat(open("/Items/10/Images/Primary/0/gwtag/jpg/400/600/0/0").body())
                .isEqualTo(JPEG);
        assertThat(world.upstreams.asked.getLast().request().query())
                .isEqualTo(Map.of("format", "jpg", "maxWidth", "400", "maxHeight", "600", "tag", "uptag"));
    }

    @Test
    void theCacheStaysWithinItsBound() {
        body = new byte[1000];
        System.arraycopy(JPEG, 0, body, 0, JPEG.length);
        ImageFiles small = new ImageFiles(directory, 5000);
        images = images(small);
        for (int width = 40; width <= 1200; width += 40) {
            open("/Items/10/Images/Primary?maxWidth=" + width);
        }

        assertThat(small.count()).isLessThanOrEqualTo(5);
        ImageFiles again = new ImageFiles(directory, 1 << 20);
        again.load();
        assertThat(again.count()).isLessThanOrEqualTo(5);
    }
}
