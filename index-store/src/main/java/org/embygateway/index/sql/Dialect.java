package org.embygateway.index.sql;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** What differs from database to database; all other statements are read by every one of them. */
interface Dialect {
    /** Names the database for people, without secrets. */
    String description();

    /** Folder of the migrations on the class path. */
    String migrations();

    /** Makes what must be there before a connection can be opened. */
    void prepare();

    /** Connections of the one thread that writes. */
    DataSource writer();

    /** Connections of the threads that read. */
    DataSource readers();

    /** Whether the cause lies outside of the gateway, such as a full disk, so that the same may work later. */
    boolean isOutside(SQLException failure);

    /** Inserts a row, or replaces the columns that are no part of the key; parameters are named like the columns. */
    String upsert(String table, List<String> key, List<String> columns);
}
