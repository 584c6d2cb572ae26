package org.embygateway.upstream;

/**
 * @param devicesPerUpstream how many device entries the gateway may have on one upstream, its own and the one for trials included
 */
public record UpstreamOptions(HealthTimes health, int devicesPerUpstream) {
    public static final UpstreamOptions DEFAULT = new UpstreamOptions(HealthTimes.DEFAULT, 10);

    public UpstreamOptions withHealth(HealthTimes times) {
        return new UpstreamOptions(times, devicesPerUpstream);
    }
}
