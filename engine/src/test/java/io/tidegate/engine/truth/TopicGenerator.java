package io.tidegate.engine.truth;

import io.tidegate.sandbox.Sandbox;
import io.tidegate.sandbox.kafka.KafkaRelease;
import io.tidegate.sandbox.kafka.ReleasedBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Writes a topic as odd as producers make them, with plain producers, and keeps a ledger of what it wrote: what the broker
 * acknowledged, not what was meant.
 */
final class TopicGenerator implements AutoCloseable {
    /** Small segments, so that look-ups by time have more than one time index to go through. */
    static final Map<String, String> SMALL_SEGMENTS = Map.of("segment.bytes", "16384", "index.interval.bytes", "256");

    private final String bootstrapServers;
    private final String topic;
    private final Map<String, Object> producerSettings;
    private final KafkaProducer<String, String> plain;
    private final Map<String, KafkaProducer<String, String>> transactional = new HashMap<>();
    private final List<Sent> sent = new ArrayList<>();
    private final Set<String> aborted = new HashSet<>();
    private int number;

    /** What was handed to a producer, and what came back. */
    private record Sent(long timestamp, String value, Future<RecordMetadata> answer) {}

    private TopicGenerator(String bootstrapServers, String topic, Map<String, Object> producerSettings) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.producerSettings = producerSettings;
        this.plain = producer(null);
    }

    /** A new topic on the sandbox's broker. */
    static TopicGenerator onSandbox(String topic, int partitions, Map<String, String> config) {
        Map<String, String> all = new HashMap<>(SMALL_SEGMENTS);
        all.putAll(config);
        Sandbox.shared().kafka().createTopic(topic, partitions, all);
        return new TopicGenerator(Sandbox.shared().kafka().bootstrapServers(), topic, Map.of());
    }

    /** A new topic on a broker of another release. */
    static TopicGenerator on(ReleasedBroker broker, String topic, int partitions, Map<String, String> config) {
        return on(broker, topic, partitions, config, Map.of());
    }

    /**
     * @param producerSettings of the producers, by their Kafka names
     */
    static TopicGenerator on(
            ReleasedBroker broker,
            String topic,
            int partitions,
            Map<String, String> config,
            Map<String, Object> producerSettings) {
        Map<String, String> all = new HashMap<>();
        // From 4.0 on no segment is smaller than a megabyte.
        all.put("segment.bytes", broker.release().atLeast(KafkaRelease.V4) ? "1048576" : "16384");
        all.putAll(config);
        broker.createTopic(topic, partitions, all);
        Map<String, Object> settings = new HashMap<>(producerSettings);
        // The idempotent producer came with 0.11 and its message format.
        boolean old = !broker.release().atLeast(KafkaRelease.V0_11) || config.containsKey("message.format.version");
        if (old) {
            settings.put("enable.idempotence", false);
        }
        return new TopicGenerator(broker.bootstrapServers(), topic, settings);
    }

    /** The same topic with a new ledger, when it has been made anew. */
    TopicGenerator again() {
        return new TopicGenerator(bootstrapServers, topic, producerSettings);
    }

    private KafkaProducer<String, String> producer(@Nullable String transactionalId) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("linger.ms", 1);
        // Batches of a few records, as live traffic makes them.
        settings.put("batch.size", 1000);
        settings.putAll(producerSettings);
        if (transactionalId != null) {
            settings.put("transactional.id", transactionalId);
        }
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    String topic() {
        return topic;
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** Appends a record; it is in the log when {@link #flush} returns. */
    TopicGenerator send(int partition, Instant time) {
        return send(plain, partition, time.toEpochMilli(), "k" + number);
    }

    /** Appends a record with a header. */
    TopicGenerator sendWithHeader(int partition, Instant time, String name, String content) {
        String value = "n" + number++;
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, partition, time.toEpochMilli(), "k", value);
        record.headers().add(name, content.getBytes(StandardCharsets.UTF_8));
        sent.add(new Sent(time.toEpochMilli(), value, plain.send(record)));
        return this;
    }

    /** Appends a record with a key, for topics that are compacted. */
    TopicGenerator send(int partition, Instant time, String key) {
        return send(plain, partition, time.toEpochMilli(), key);
    }

    /** Appends a record by a producer that writes nothing else. */
    TopicGenerator sendAlone(int partition, Instant time, String key) {
        flush();
        try (KafkaProducer<String, String> producer = producer(null)) {
            return send(producer, partition, time.toEpochMilli(), key);
        }
    }

    private TopicGenerator send(KafkaProducer<String, String> producer, int partition, long timestamp, String key) {
        String value = "n" + number++;
        sent.add(new Sent(
                timestamp, value, producer.send(new ProducerRecord<>(topic, partition, timestamp, key, value))));
        return this;
    }

    TopicGenerator flush() {
        plain.flush();
        transactional.values().forEach(KafkaProducer::flush);
        return this;
    }

    /** A transaction that is begun, and stays open until it is ended by name. */
    TopicGenerator begin(String transaction) {
        KafkaProducer<String, String> producer =
                transactional.computeIfAbsent(transaction, name -> opened(topic + "-" + name));
        producer.beginTransaction();
        return this;
    }

    private KafkaProducer<String, String> opened(String transactionalId) {
        KafkaProducer<String, String> producer = producer(transactionalId);
        producer.initTransactions();
        return producer;
    }

    TopicGenerator sendIn(String transaction, int partition, Instant time) {
        return send(known(transaction), partition, time.toEpochMilli(), "k" + number);
    }

    TopicGenerator commit(String transaction) {
        known(transaction).commitTransaction();
        return this;
    }

    /** Aborts what {@link #sendIn} sent since the transaction began. Flushed first, so that it does stand in the log. */
    TopicGenerator abort(String transaction, int records) {
        known(transaction).flush();
        sent.subList(sent.size() - records, sent.size()).forEach(s -> aborted.add(s.value()));
        known(transaction).abortTransaction();
        return this;
    }

    /** Returns when the markers of all ended transactions stand in the log: the broker answers before it has written them. */
    TopicGenerator settle() {
        flush();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> PlainLog.ends(bootstrapServers, topic, true)
                        .equals(PlainLog.ends(bootstrapServers, topic, false)));
        return this;
    }

    private KafkaProducer<String, String> known(String transaction) {
        KafkaProducer<String, String> producer = transactional.get(transaction);
        if (producer == null) {
            throw new IllegalStateException("no transaction " + transaction);
        }
        return producer;
    }

    TopicGenerator addPartitions(int total) throws Exception {
        try (Admin admin = admin()) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total)))
                    .all()
                    .get();
        }
        return this;
    }

    TopicGenerator deleteBefore(int partition, long offset) throws Exception {
        try (Admin admin = admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
        return this;
    }

    TopicGenerator configure(String setting, String value) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var change = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(change)))
                    .all()
                    .get();
        }
        return this;
    }

    private Admin admin() {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers));
    }

    /** What was written, by partition and offset, without what was aborted. */
    List<Stood> committed() {
        return ledger().stream().filter(s -> !aborted.contains(s.value())).toList();
    }

    /** What was written, by partition and offset. */
    List<Stood> ledger() {
        flush();
        List<Stood> ledger = new ArrayList<>();
        for (Sent s : sent) {
            try {
                RecordMetadata answer = s.answer().get();
                ledger.add(new Stood(answer.partition(), answer.offset(), answer.timestamp(), s.value()));
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError("not written: " + s, e);
            }
        }
        ledger.sort(Comparator.comparingInt(Stood::partition).thenComparingLong(Stood::offset));
        return ledger;
    }

    @Override
    public void close() {
        plain.close(Duration.ZERO);
        transactional.values().forEach(producer -> producer.close(Duration.ZERO));
    }
}
