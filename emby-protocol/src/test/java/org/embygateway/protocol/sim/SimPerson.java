package org.embygateway.protocol.sim;

/** Somebody's part in an item; {@code type} is {@code Actor}, {@code Director} …, {@code role} may be empty. */
public record SimPerson(String name, String type, String role) {
    public static SimPerson actor(String name, String role) {
        return new SimPerson(name, "Actor", role);
    }

    public static SimPerson director(String name) {
        return new SimPerson(name, "Director", "");
    }
}
