package org.embygateway.protocol.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong on request, goes wrong on the wire. */
final class FaultsTest {
    private SimulatedEmby emby;
    private SimClient client;
    private String file;

    @BeforeEach
    void start() {
        emby = SimulatedEmby.named("Alpha").account("anna", "secret").start();
        SimItem heat = emby.library("Movies", "movies").movie("Heat").version("1080p", 200_000);
        client = new SimClient(emby.url(), "device-1").signIn("anna", "secret");
        file = "/Videos/" + heat.id() + "/stream.mkv?Static=true";
    }

    @AfterEach
    void stop() {
        client.close();
        emby.close();
    }

    @Test
    void statusesAndPagesReplaceAnswersForAsLongAsAsked() {
        emby.faults().on("GET /Users/{UserId}/Views").status(503).times(1);
        assertThat(client.get("/Users/{me}/Views").statusCode()).isEqualTo(503);
        assertThat(client.get("/Users/{me}/Views").statusCode()).isEqualTo(200);
        emby.faults().html();
        assertThat(SimClient.text(client.get("/Users/{me}/Views"))).startsWith("<!DOCTYPE html>");
        emby.faults().unauthorized();
        assertThat(client.get("/System/Info").statusCode()).isEqualTo(401);
        emby.faults().clear();
        assertThat(client.get("/System/Info").statusCode()).isEqualTo(200);
    }

    @Test
    void aSlowAnswerTakesItsTime() {
        emby.faults().slow(Duration.ofMillis(300));
        long start = System.nanoTime();
        client.get("/System/Ping");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void refusedAndCutAndShortAnswersEndInErrors() {
        emby.faults().refuse();
        assertThatThrownBy(() -> client.get("/System/Ping")).isInstanceOf(UncheckedIOException.class);
        emby.faults().cutAfter(1_000);
        assertThatThrownBy(() -> client.get(file)).isInstanceOf(UncheckedIOException.class);
        emby.faults().lieAboutLength();
        assertThatThrownBy(() -> client.get(file)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aCutBodyIsRightUpToTheCut() throws IOException {
        emby.faults().cutAfter(5_000);
        byte[] body = raw(file);
        assertThat(body).hasSize(5_000);
    }

    private byte[] raw(String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", emby.port())) {
            String request = "GET " + path + "&api_key=" + client.token() + " HTTP/1.1\r\nHost: x\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            byte[] all = in.readAllBytes();
            String text = new String(all, StandardCharsets.ISO_8859_1);
            int head = text.indexOf("\r\n\r\n") + 4;
            assertThat(text).contains("content-length: 200000");
            return Arrays.copyOfRange(all, head, all.length);
        }
    }

    @Test
    void aHungRequestIsNeverAnsweredAndItsConnectionIsCounted() throws IOException {
        emby.faults().hang();
        int before = emby.traffic().openConnections();
        try (Socket socket = new Socket("127.0.0.1", emby.port())) {
            socket.getOutputStream()
                    .write("GET /System/Ping HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().until(() -> emby.traffic().calls("GET /System/Ping") == 1);
            assertThat(emby.traffic().openConnections()).isEqualTo(before + 1);
            assertThat(socket.getInputStream().available()).isZero();
        }
        Awaitility.await().until(() -> emby.traffic().openConnections() == before);
    }

    @Test
    void aClientThatLeavesATrickleEndsIt() throws IOException {
        emby.faults().on("GET /Videos/{Id}/stream.{Container}").trickle(2_000);
        try (Socket socket = new Socket("127.0.0.1", emby.port())) {
            String request = "GET " + file + "&api_key=" + client.token() + " HTTP/1.1\r\nHost: x\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readNBytes(500)).hasSize(500);
            assertThat(emby.traffic().running()).isEqualTo(1);
        }
        Awaitility.await().until(() -> emby.traffic().running() == 0);
        assertThat(emby.traffic().bytesSent()).isLessThan(200_000);
    }

    @Test
    void redirectsLeadWhereTheyAreTold() {
        emby.faults().on("GET /System/Ping").redirect("http://elsewhere.test/");
        assertThat(client.get("/System/Ping").headers().firstValue("Location")).contains("http://elsewhere.test/");
    }

    @Test
    void requestsAreCountedRecordedAndMeasured() {
        emby.traffic().reset();
        for (int i = 0; i < 5; i++) {
            client.get("/Users/{me}/Views?Probe=" + i);
        }
        client.get("/no/such/path");
        assertThat(emby.traffic().calls("GET /Users/{UserId}/Views")).isEqualTo(5);
        assertThat(emby.traffic().calls("unknown")).isEqualTo(1);
        assertThat(emby.traffic()
                        .requests("GET /Users/{UserId}/Views")
                        .get(3)
                        .query()
                        .text("Probe"))
                .contains("3");
        assertThat(emby.traffic().deviceIds()).containsExactly("device-1");
        assertThat(emby.traffic().highestRate()).isBetween(1, 6);
    }

    @Test
    void severalRequestsOnOneConnectionAreAnsweredInOrder() throws IOException {
        emby.faults().on("GET /System/Info/Public").slow(Duration.ofMillis(200));
        try (Socket socket = new Socket("127.0.0.1", emby.port())) {
            socket.getOutputStream()
                    .write(("GET /System/Info/Public HTTP/1.1\r\nHost: x\r\n\r\n"
                                    + "GET /System/Ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(all.indexOf("ServerName")).isPositive().isLessThan(all.indexOf("Emby Server"));
        }
    }
}
