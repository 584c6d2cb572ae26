package org.embygateway.sync;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/** A server that is as fast as can be: it has its pages ready. Run in a process of its own, until its input ends. */
final class BenchServer {
    private final BenchLibrary library;
    private final Map<String, byte[]> ready = new TreeMap<>();

    private BenchServer(BenchLibrary library) {
        this.library = library;
    }

    /** Arguments: which server, how many items, the page size to have ready. Prints its port. */
    public static void main(String... args) throws IOException {
        BenchLibrary library = new BenchLibrary(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        BenchServer server = new BenchServer(library);
        server.makeReady(Integer.parseInt(args[2]));
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        http.createContext("/", server::answer);
        http.setExecutor(Executors.newFixedThreadPool(2));
        http.start();
        System.out.println(http.getAddress().getPort());
        while (System.in.read() >= 0) {
            // until the one who started it is gone
        }
        System.exit(0);
    }

    private void makeReady(int pageSize) {
        for (String id : BenchLibrary.libraries()) {
            for (int start = 0; start < library.count(id); start += pageSize) {
                ready.put(id + " " + start + " " + pageSize, library.page(id, start, pageSize, 0));
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = body(
                exchange.getRequestURI().getPath(),
                query(exchange.getRequestURI().getQuery()));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new TreeMap<>();
        for (String part : text == null ? new String[0] : text.split("&")) {
            String[] words = part.split("=", 2);
            query.put(words[0], words.length == 2 ? words[1] : "");
        }
        return query;
    }

    private byte[] body(String path, Map<String, String> query) {
        if (path.endsWith("/System/Info/Public")) {
            return text(
                    "{\"ServerName\":\"Bench\",\"Version\":\"4.8.11.0\",\"Id\":\"%s\"}".formatted(library.serverId()));
        }
        if (path.endsWith("/AuthenticateByName")) {
            return text("{\"AccessToken\":\"t0\",\"User\":{\"Id\":\"u1\",\"Name\":\"bench\"},\"ServerId\":\"s\"}");
        }
        if (path.endsWith("/Views")) {
            return text(library.views());
        }
        String parent = query.getOrDefault("ParentId", "");
        if (!path.endsWith("/Items") || parent.isEmpty() || query.containsKey("MinDateLastSaved")) {
            return text("{\"Items\":[],\"TotalRecordCount\":0}");
        }
        int start = Integer.parseInt(query.getOrDefault("StartIndex", "0"));
        int limit = Integer.parseInt(query.getOrDefault("Limit", "100"));
        if (!query.containsKey("Fields")) {
            return library.ids(parent, start, limit);
        }
        byte[] page = ready.get(parent + " " + start + " " + limit);
        return page == null ? library.page(parent, start, limit, 0) : page;
    }

    private static byte[] text(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
