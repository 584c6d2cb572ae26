package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.embygateway.protocol.sim.SimClient;
import org.embygateway.protocol.sim.SimItem;
import org.embygateway.protocol.sim.SimulatedEmby;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenario 42: what a client asks of a part of a file is answered as the server itself answers it. */
@Timeout(120)
@ParameterizedClass
@EnumSource(Way.class)
class ByteRangesTest {
    private static final int SIZE = 3_000_000;
    private static final List<String> COMPARED =
            List.of("content-length", "content-range", "accept-ranges", "content-type", "last-modified");

    /** Its body is the gateway's own. */
    private static final List<String> OF_A_REFUSAL = List.of("content-range");

    @TempDir
    Path data;

    @Parameter
    Way way;

    private final SimulatedEmby server = Servers.named("left").start();
    private final SimItem heat = Servers.heat(server, 1, "1080p", SIZE);
    private final SimClient there =
            new SimClient(server.url(), "device-of-the-test").signIn("viewer", "secret-of-left");
    private GatewayUnderTest gateway;
    private TestClient client;
    private String through;
    private String direct;

    @BeforeEach
    void start() {
        gateway = way.to(GatewayUnderTest.over(data, server)).start().indexed();
        client = gateway.admin();
        String film = client.items("/emby/Users/{me}/Items?Recursive=true&IncludeItemTypes=Movie&SearchTerm=Heat")
                .getFirst()
                .path("Id")
                .asText();
        Player player = new Player(client);
        JsonNode source = Player.sources(player.negotiate(film, Player.DIRECT)).getFirst();
        through = player.url(source.path("DirectStreamUrl").asText());
        direct = "/emby/Videos/" + heat.id() + "/original.mkv?MediaSourceId=" + heat.sourceId(0) + "&api_key="
                + there.token();
    }

    @AfterEach
    void close() {
        try {
            gateway.close();
        } finally {
            there.close();
            server.close();
        }
    }

    @Test
    void scenario42RangesSuffixesSeeksAndConditionsAreAnsweredAsByTheServerItself() {
        String[] ranges = {
            "",
            "bytes=0-0",
            "bytes=0-",
            "bytes=-500",
            "bytes=1000000-1000999",
            "bytes=2999999-",
            "bytes=0-99999999",
            "bytes=3000000-",
            "bytes=9-3",
            "bytes=0-0,100-199",
            "lines=1-2"
        };
        for (String method : List.of("GET", "HEAD")) {
            for (String range : ranges) {
                same(method, range.isEmpty() ? Map.of() : Map.of("Range", range));
            }
        }
    }

    @Test
    void scenario42ASeekAfterASeekGivesTheBytesOfEachPlace() {
        for (int start : new int[] {0, 2_500_000, 10, 1_234_567, 2_999_990}) {
            int length = Math.min(70_000, SIZE - start);
            Answer part = client.bare(
                    "GET", through, Map.of("Range", "bytes=%d-%d".formatted(start, start + length - 1)), "");
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.body()).isEqualTo(heat.content(0).bytes(start, length));
        }
    }

    @Test
    void scenario42AConditionHoldsForTheFileItWasMadeFor() {
        Answer whole = client.bare("HEAD", through, Map.of(), "");
        String tag = whole.header("ETag").orElseThrow();

        Answer fitting = client.bare("GET", through, Map.of("Range", "bytes=5-9", "If-Range", tag), "");
        assertThat(fitting.status()).isEqualTo(206);
        assertThat(fitting.body()).isEqualTo(heat.content(0).bytes(5, 5));
        assertThat(fitting.header("ETag")).contains(tag);

        Answer changed = client.bare("GET", through, Map.of("Range", "bytes=5-9", "If-Range", "\"another\""), "");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("Content-Length")).contains(Integer.toString(SIZE));
        same("GET", Map.of("If-None-Match", "\"another\""));
        assertThat(client.bare("GET", through, Map.of("If-None-Match", tag), "").status())
                .isEqualTo(sentThere("GET", Map.of("If-None-Match", tagThere())).statusCode());
    }

    private String tagThere() {
        return sentThere("HEAD", Map.of()).headers().firstValue("ETag").orElseThrow();
    }

    private void same(String method, Map<String, String> headers) {
        Answer here = client.bare(method, through, headers, "");
        HttpResponse<byte[]> there = sentThere(method, headers);

        assertThat(here.status()).as("%s %s", method, headers).isEqualTo(there.statusCode());
        List<String> compared = here.status() < 300 ? COMPARED : OF_A_REFUSAL;
        compared.forEach(name -> assertThat(here.header(name))
                .as("%s %s %s", method, headers, name)
                .isEqualTo(there.headers().firstValue(name)));
        assertThat(here.header("Transfer-Encoding")).isEmpty();
        boolean equal = here.status() > 299 || Arrays.equals(here.body(), there.body());
        assertThat(equal).as("the bytes of %s %s", method, headers).isTrue();
    }

    private HttpResponse<byte[]> sentThere(String method, Map<String, String> headers) {
        List<String> pairs = new ArrayList<>();
        headers.forEach((name, value) -> pairs.addAll(List.of(name, value)));
        return there.send(method, direct, "", pairs.toArray(String[]::new));
    }
}
