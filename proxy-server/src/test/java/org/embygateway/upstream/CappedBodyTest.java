package org.embygateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.embygateway.protocol.ByteBudget;
import org.junit.jupiter.api.Test;

class CappedBodyTest {
    private static final int MIB = 1 << 20;

    private final ByteBudget budget = new ByteBudget(4L * MIB, MIB);

    private CappedBody begun(int... lengths) {
        CappedBody body = new CappedBody(8 * MIB, budget);
        for (int length : lengths) {
            body.onNext(List.of(ByteBuffer.wrap(new byte[length])));
        }
        return body;
    }

    @Test
    void whatIsReceivedIsHeldUntilItIsWhole() {
        CappedBody body = begun(MIB, 2 * MIB, 17);
        assertThat(budget.held()).isEqualTo(2L * MIB + 17);
        body.onComplete();

        assertThat(body.getBody().toCompletableFuture().join()).hasSize(3 * MIB + 17);
        assertThat(budget.held()).isZero();
    }

    @Test
    void allTogetherAreBounded() {
        CappedBody first = begun(4 * MIB);
        CappedBody second = begun(MIB, MIB, MIB);
        assertThat(second.getBody().toCompletableFuture()).isCompletedExceptionally();

        first.release();
        first.release();
        assertThat(budget.held()).isZero();
        first.onNext(List.of(ByteBuffer.wrap(new byte[2 * MIB])));
        assertThat(budget.held()).isZero();
    }

    @Test
    void oneAloneIsBoundedToo() {
        CappedBody body = new CappedBody(MIB, budget);
        body.onNext(List.of(ByteBuffer.wrap(new byte[MIB]), ByteBuffer.wrap(new byte[1])));

        assertThat(body.getBody().toCompletableFuture()).isCompletedExceptionally();
    }
}
