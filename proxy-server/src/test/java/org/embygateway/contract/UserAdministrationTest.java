package org.embygateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserAdministrationTest {
    @TempDir
    Path data;

    private GatewayUnderTest gateway;

    @BeforeEach
    void start() {
        gateway = GatewayUnderTest.over(data).start();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void anAdministratorMakesAUserWhoSignsInAndIsGoneWhenRemoved() {
        TestClient admin = gateway.admin();
        JsonNode anna = admin.post("/Users/New", "{\"Name\":\"Anna\",\"Password\":\"apple\"}")
                .ok();
        TestClient client = gateway.client().signedIn("anna", "apple");

        assertThat(client.get("/Users/{me}").ok().path("Name").asText()).isEqualTo("Anna");
        assertThat(client.userId()).isEqualTo(anna.path("Id").asText());
        assertThat(admin.post("/Users/New", "{\"Name\":\"ANNA\"}").status()).isEqualTo(409);
        assertThat(admin.post("/Users/New", "{\"Name\":\" \"}").status()).isEqualTo(400);

        assertThat(admin.delete("/Users/" + client.userId()).status()).isEqualTo(204);
        assertThat(client.get("/Users/{me}").status()).isEqualTo(401);
    }

    @Test
    void aDisabledUsersTokenStopsAtOnce() {
        TestClient admin = gateway.admin();
        admin.post("/Users/New", "{\"Name\":\"Ben\",\"Password\":\"pear\"}").ok();
        TestClient client = gateway.client().signedIn("ben", "pear");
        String policy = "/Users/" + client.userId() + "/Policy";

        assertThat(admin.post(policy, "{\"IsDisabled\":true}").status()).isEqualTo(204);
        assertThat(client.get("/Users/{me}").status()).isEqualTo(401);

        assertThat(admin.post(policy, "{\"IsDisabled\":false}").status()).isEqualTo(204);
        assertThat(client.get("/Users/{me}").status()).isEqualTo(200);
    }

    @Test
    void theLastAdministratorStaysOneAndUsersAdministrateNobody() {
        TestClient admin = gateway.admin();
        assertThat(admin.delete("/Users/{me}").status()).isEqualTo(409);
        assertThat(admin.post("/Users/{me}/Policy", "{\"IsAdministrator\":false}")
                        .status())
                .isEqualTo(409);

        admin.post("/Users/New", "{\"Name\":\"Carl\",\"Password\":\"plum\"}").ok();
        TestClient client = gateway.client().signedIn("carl", "plum");
        assertThat(client.post("/Users/New", "{\"Name\":\"Dora\"}").status()).isEqualTo(403);
        assertThat(client.post("/Users/{me}/Policy", "{\"IsAdministrator\":true}")
                        .status())
                .isEqualTo(403);
        assertThat(client.delete("/Users/" + admin.userId()).status()).isEqualTo(403);
    }
}
