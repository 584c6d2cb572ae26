package org.embygateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WouldWaitTest {
    private static final class Loop extends Thread implements WouldWait.Unwaiting {
        Loop(Runnable task) {
            super(task);
        }
    }

    @Test
    void onlyThreadsThatMustNotWaitAreKeptFromIt() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread loop = new Loop(() -> thrown.set(catchThrowable(WouldWait::check)));
        loop.start();
        loop.join();
        assertThat(thrown.get()).isInstanceOf(WouldWait.class);
        assertThatCode(WouldWait::check).doesNotThrowAnyException();
    }
}
