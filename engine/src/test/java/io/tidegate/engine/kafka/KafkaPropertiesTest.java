package io.tidegate.engine.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.engine.kafka.KafkaProperties.Place;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KafkaPropertiesTest {

    @ParameterizedTest
    @EnumSource(Place.class)
    void what_loads_code_or_changes_the_whole_server_is_refused_everywhere(Place place) {
        for (String name : Set.of(
                "interceptor.classes",
                "metric.reporters",
                "sasl.client.callback.handler.class",
                "sasl.login.callback.handler.class",
                "sasl.login.class",
                "ssl.engine.factory.class",
                "security.providers",
                "config.providers",
                "config.providers.file.class",
                "java.security.auth.login.config",
                "ssl.provider",
                "ssl.secure.random.implementation",
                "sasl.kerberos.kinit.cmd",
                "sasl.oauthbearer.token.endpoint.url",
                "sasl.oauthbearer.jwks.endpoint.url",
                "partition.assignment.strategy",
                "group.instance.id",
                "group.protocol",
                "bootstrap.servers",
                "internal.leave.group.on.close",
                "made.up")) {
            assertThat(KafkaProperties.refusal(name, "x", place)).as(name).isNotNull();
        }
    }

    /** Columns: place, property, value, part of the refusal or - when it is taken. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "DATA_SOURCE | security.protocol | SASL_SSL | -",
                "DATA_SOURCE | security.protocol | sasl_ssl | -",
                "DATA_SOURCE | security.protocol | TLS | must be one of PLAINTEXT",
                "DATA_SOURCE | sasl.mechanism | SCRAM-SHA-512 | -",
                "DATA_SOURCE | sasl.mechanism | GSSAPI | must be one of PLAIN",
                "DATA_SOURCE | sasl.mechanism | OAUTHBEARER | must be one of PLAIN",
                "DATA_SOURCE | ssl.truststore.type | PEM | -",
                "DATA_SOURCE | ssl.truststore.certificates | x | -",
                "DATA_SOURCE | ssl.keystore.key | x | -",
                "DATA_SOURCE | ssl.keystore.certificate.chain | x | -",
                "DATA_SOURCE | ssl.endpoint.identification.algorithm | '' | -",
                "DATA_SOURCE | ssl.truststore.location | /etc/passwd | would read a file of the server",
                "DATA_SOURCE | ssl.keystore.location | a.p12 | would read a file of the server",
                "SERVER_DOCUMENT | ssl.truststore.location | /etc/passwd | would read a file of the server",
                "DOCUMENT | ssl.truststore.location | /etc/passwd | belongs to the data source",
                "OWN_DOCUMENT | ssl.truststore.location | /etc/trust.p12 | -",
                "DOCUMENT | security.protocol | PLAINTEXT | belongs to the data source",
                "DOCUMENT | sasl.mechanism | PLAIN | belongs to the data source",
                "DOCUMENT | ssl.endpoint.identification.algorithm | '' | belongs to the data source",
                "SERVER_DOCUMENT | security.protocol | SSL | -",
                "DATA_SOURCE | group.id | g | belongs to the reader",
                "DATA_SOURCE | isolation.level | read_committed | belongs to the reader",
                "DATA_SOURCE | enable.auto.commit | true | has no effect",
                "DOCUMENT | enable.auto.commit | true | -",
                "DOCUMENT | group.id | g | -",
                "DOCUMENT | check.crcs | true | -",
                "DOCUMENT | check.crcs | false | damaged on their way",
                "DOCUMENT | max.poll.records | 500 | -",
                "DOCUMENT | max.poll.records | 0 | must be a whole number from 1",
                "DOCUMENT | max.partition.fetch.bytes | 1 MB | must be a whole number",
                "DOCUMENT | fetch.max.bytes | 52428800 | -",
                "DOCUMENT | fetch.max.wait.ms | 20001 | from 0 to 20000",
                "DOCUMENT | request.timeout.ms | 1000 | from 25000",
                "DOCUMENT | receive.buffer.bytes | 99999999 | from -1 to 16777216",
                "DOCUMENT | fetch.min.bytes | many | does not take 'many': it must be of type int",
                "DOCUMENT | fetch.min.bytes | -1 | does not take '-1'",
                "DOCUMENT | fetch.min.byte | 1 | Did you mean 'fetch.min.bytes'?",
                "DATA_SOURCE | security.protocoll | SSL | Did you mean 'security.protocol'?"
            })
    void each_property_is_judged_by_its_name_its_value_and_its_place(
            Place place, String name, String value, @Nullable String refusal) {
        String found = KafkaProperties.refusal(name, value, place);

        if (refusal == null) {
            assertThat(found).isNull();
        } else {
            assertThat(found).contains(refusal);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"canary\"; | -",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"u\" password=\"canary\"; | -",
                "com.sun.security.auth.module.JndiLoginModule required user.provider.url=\"ldap://canary/x\"; | not",
                "com.sun.security.auth.module.LdapLoginModule required userProvider=\"ldap://canary/x\"; | not",
                "com.sun.security.auth.module.Krb5LoginModule required keyTab=\"canary\"; | with this login module",
                "com.sun.security.auth.module.KeyStoreLoginModule required keyStoreURL=\"file:canary\"; | with this login module",
                "com.sun.security.auth.module.UnixLoginModule required; | with this login module",
                "org.apache.kafka.common.security.plain.PlainLoginModule required; com.sun.security.auth.module.UnixLoginModule required canary=\"x\"; | not written as a login",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"canary | not written as a login",
                "canary | not written as a login",
                "`` | not written as a login"
            })
    void only_the_two_modules_for_passwords_are_let_in_and_nothing_of_the_line_is_repeated(
            String line, @Nullable String refusal) {
        String found = KafkaProperties.refusal("sasl.jaas.config", line, Place.DATA_SOURCE);

        if (refusal == null) {
            assertThat(found).isNull();
        } else {
            assertThat(found).contains(refusal).doesNotContain("canary");
        }
    }

    @Test
    void every_property_of_the_client_is_either_known_or_refused_with_a_reason() {
        Set<String> unjudged = new TreeSet<>(ConsumerConfig.configNames());
        unjudged.removeAll(KafkaProperties.known());
        unjudged.removeIf(name -> KafkaProperties.refusal(name, null, Place.OWN_DOCUMENT) != null);

        assertThat(unjudged).isEmpty();
    }
}
