package org.embygateway.local;

/**
 * What the gateway says of itself.
 *
 * @param id 32 hex digits, the same for the life of the installation: clients file everything under it
 * @param name for people
 * @param version four numbers, the Emby version whose behaviour clients may expect
 */
public record ServerFacts(String id, String name, String version) {}
