package org.embygateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {
    @ParameterizedTest
    @CsvSource({"203.0.113.5, 198.51.100.7", "192.168.1.4, 10.0.0.9", "127.0.0.1, [::1]", "10.0.0.9, 203.0.113.5"})
    void aServerLeadsToTheInternetAndWithinItsOwnNetwork(String from, String to) {
        assertThat(Reach.leads(from, to)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.5, 127.0.0.1",
        "203.0.113.5, 192.168.1.4",
        "203.0.113.5, [fd00::1]",
        "203.0.113.5, [::ffff:10.0.0.1]",
        "203.0.113.5, 2130706433"
    })
    void aStrangersServerDoesNotLeadIntoAPrivateNetwork(String from, String to) {
        assertThat(Reach.leads(from, to)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.5, 169.254.169.254", "192.168.1.4, [fe80::1]", "127.0.0.1, 0.0.0.0", "127.0.0.1, 224.0.0.1"})
    void noServerLeadsWhereCloudsKeepTheirSecrets(String from, String to) {
        assertThat(Reach.leads(from, to)).isFalse();
    }
}
