package io.tidegate.engine.sync;

import io.tidegate.engine.kafka.KafkaAccess;
import io.tidegate.engine.mapping.MappingSpec;
import io.tidegate.engine.maxcompute.OpenUpload;
import io.tidegate.engine.maxcompute.UploadTarget;
import io.tidegate.engine.plan.PlanSlice;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that copying one slice needs to know. Plain data, secrets included: it can be sent to another machine.
 *
 * @param slice which offsets; its number is the id of the first block it fills
 * @param slices how many slices the plan has: the second block of slice 3 of 10 is block 13
 * @param topic Kafka topic
 * @param windowStart first instant of the window, included; null when no time begins the read
 * @param windowEnd first instant after the window; null when records are not left out by an end
 * @param lateFrom records from this offset on that lie before the window are late; null when none are
 * @param includesLate whether late records are written too
 * @param kafka how to read
 * @param mapping how records become rows
 * @param target what to fill
 * @param upload the upload session that the blocks belong to
 * @param blockIdleMax a block that gets no row for so long is ended, before the service ends the connection
 */
public record SliceSpec(
        PlanSlice slice,
        int slices,
        String topic,
        @Nullable Instant windowStart,
        @Nullable Instant windowEnd,
        @Nullable Long lateFrom,
        boolean includesLate,
        KafkaAccess kafka,
        MappingSpec mapping,
        UploadTarget target,
        OpenUpload upload,
        Duration blockIdleMax) {}
