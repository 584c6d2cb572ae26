package org.embygateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.embygateway.route.Access;
import org.embygateway.route.PathPattern;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;
import org.embygateway.route.Route;
import org.embygateway.route.Treatment;
import org.junit.jupiter.api.Test;

class OpeningTest {
    private final Opening opening = new Opening(Duration.ofMillis(20));

    private static Route route(Access access, Treatment treatment) {
        return new Route("GET", PathPattern.of("/Some/Path"), access, treatment);
    }

    @Test
    void whoTheServerIsIsToldWhileItLoads() {
        opening.await(route(Access.ANYONE, new Treatment.Local(call -> Reply.text(200, "me"))));
        assertThat(opening.fault()).hasValue("loading");
    }

    @Test
    void whatNeedsItemsIsRefusedWhenLoadingTakesTooLong() {
        Route items = route(Access.USER, new Treatment.Catalogue(call -> Reply.text(200, "items")));
        assertThatThrownBy(() -> opening.await(items))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(503));
    }

    @Test
    void everythingIsServedOnceItIsLoaded() {
        opening.done();
        opening.await(route(Access.USER, new Treatment.Catalogue(call -> Reply.text(200, "items"))));
        assertThat(opening.fault()).isEmpty();
    }
}
