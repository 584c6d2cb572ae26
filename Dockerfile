# docker build -t emby-gateway .
# docker run -p 8080:8080 -v gateway:/data emby-gateway
#
# Both bases are Debian, or something close to it; the build needs a JDK 25 and Maven, the image nothing.
ARG BUILD_BASE=docker.io/library/maven:3.9-eclipse-temurin-25
ARG BASE=docker.io/library/debian:bookworm-slim

FROM ${BUILD_BASE} AS build
WORKDIR /src
COPY . .
# What the next build would fetch again is kept beside the layers.
ENV MAVEN_OPTS=-Dmaven.repo.local=/var/cache/build/maven \
    npm_config_cache=/var/cache/build/npm \
    XDG_CACHE_HOME=/var/cache/build/tools
RUN --mount=type=cache,target=/var/cache/build,sharing=locked \
    scripts/package && mkdir /app && tar -C /app --strip-components=1 -xzf dist/emby-gateway-*.tar.gz

FROM ${BASE}
COPY --from=build /app /opt/emby-gateway
RUN install -d -m 700 -o 10001 -g 10001 /data
ENV PATH=/opt/emby-gateway/bin:$PATH \
    GATEWAY_SERVER_DATA_DIR=/data \
    GATEWAY_LOG_FORMAT=json
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080/tcp 8920/tcp 7359/udp
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["emby-gateway", "healthcheck"]
ENTRYPOINT ["emby-gateway"]
