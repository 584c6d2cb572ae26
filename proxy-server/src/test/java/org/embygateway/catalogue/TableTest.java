package org.embygateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.roaringbitmap.RoaringBitmap;

class TableTest {
    @Property(tries = 8, shrinking = ShrinkingMode.OFF)
    void itHoldsWhatWasAddedAndNothingThatWasRemoved(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Table table = Table.EMPTY;
        Map<Long, Set<Integer>> expected = new HashMap<>();
        for (int change = 0; change < 6; change++) {
            Table before = table;
            Map<Long, Set<Integer>> then = new HashMap<>();
            expected.forEach((key, ids) -> then.put(key, new TreeSet<>(ids)));
            table = changed(random, table, expected);
            assertHolds(table, expected);
            assertHolds(before, then);
            assertHolds(read(written(table)), expected);
        }
    }

    private static byte[] written(Table table) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        table.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static Table read(byte[] bytes) throws IOException {
        return Table.read(new DataInputStream(new ByteArrayInputStream(bytes)), bytes.length);
    }

    private static Table changed(Random random, Table table, Map<Long, Set<Integer>> expected) {
        Table.Edit edit = table.edit();
        int keys = 1 + random.nextInt(random.nextBoolean() ? 4 : 5000);
        for (int i = random.nextInt(6000); i > 0; i--) {
            long key = random.nextInt(keys) * 0x1_0000_0001L;
            int id = random.nextInt(100_000);
            Set<Integer> known = expected.computeIfAbsent(key, k -> new TreeSet<>());
            if (random.nextInt(3) == 0 && !known.isEmpty()) {
                int gone = known.iterator().next();
                known.remove(gone);
                edit.remove(key, gone);
            } else {
                known.add(id);
                edit.add(key, id);
            }
        }
        return edit.done();
    }

    private static void assertHolds(Table table, Map<Long, Set<Integer>> expected) {
        Set<Long> keys = new HashSet<>();
        table.eachKey(keys::add);
        Set<Long> wanted = new HashSet<>();
        RoaringBitmap even = new RoaringBitmap();
        Set<Long> meeting = new HashSet<>();
        expected.forEach((key, ids) -> {
            assertThat(table.get(key).toArray())
                    .isEqualTo(ids.stream().mapToInt(Integer::intValue).toArray());
            assertThat(table.isEmpty(key)).isEqualTo(ids.isEmpty());
            ids.stream().filter(id -> id % 2 == 0).forEach(even::add);
            if (!ids.isEmpty()) {
                wanted.add(key);
            }
            if (ids.stream().anyMatch(id -> id % 2 == 0)) {
                meeting.add(key);
            }
        });
        assertThat(keys).isEqualTo(wanted);
        Set<Long> found = new HashSet<>();
        table.eachMeeting(even, found::add);
        assertThat(found).isEqualTo(meeting);
        meeting.forEach(key -> assertThat(table.intersects(key, even)).isTrue());
        assertThat(table.isEmpty(-77)).isTrue();
        assertThat(table.get(-77).isEmpty()).isTrue();
    }
}
