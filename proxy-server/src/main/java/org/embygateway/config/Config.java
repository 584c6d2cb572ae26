package org.embygateway.config;

/** The whole configuration. Every key has a default but those of a server and of a database that is not SQLite. */
public record Config(
        ServerConfig server,
        DatabaseConfig database,
        JwtConfig jwt,
        EmbyConfig emby,
        PlaybackConfig playback,
        AdminConfig admin,
        CacheConfig cache,
        LogConfig log,
        SecurityConfig security) {

    static Config read(Keys in) {
        ServerConfig server = ServerConfig.read(in.section("server"));
        return new Config(
                server,
                DatabaseConfig.read(in.section("database"), server.dataDir()),
                JwtConfig.read(in.section("jwt")),
                EmbyConfig.read(in.section("emby")),
                PlaybackConfig.read(in.section("playback")),
                AdminConfig.read(in.section("admin")),
                CacheConfig.read(in.section("cache"), server.dataDir()),
                LogConfig.read(in.section("log"), server.mode()),
                SecurityConfig.read(in.section("security"), server.dataDir()));
    }
}
