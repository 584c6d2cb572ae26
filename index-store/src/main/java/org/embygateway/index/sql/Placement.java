package org.embygateway.index.sql;

/**
 * Where merging put a copy; 0 stands for nowhere yet.
 *
 * @param item the merged item it is part of
 * @param home the id it was first given, which it takes back when a merge is undone
 * @param series the merged series of a season or an episode, the merged album of a song
 * @param season the merged season of an episode
 */
record Placement(int item, int home, int series, int season) {
    static final Placement NONE = new Placement(0, 0, 0, 0);

    Placement in(int newItem, int newHome) {
        return new Placement(newItem, newHome, series, season);
    }

    Placement below(int newSeries, int newSeason) {
        return new Placement(item, home, newSeries, newSeason);
    }
}
