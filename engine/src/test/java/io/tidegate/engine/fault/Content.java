package io.tidegate.engine.fault;

import io.tidegate.engine.receipt.RowChecksum;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What a partition should hold: a multiset of rows. */
record Content(List<Row> rows, long dirty) {
    static final Content NOTHING = new Content(List.of(), 0);

    Content {
        rows = List.copyOf(rows);
    }

    Content plus(Content other) {
        List<Row> all = new ArrayList<>(rows);
        all.addAll(other.rows);
        return new Content(all, dirty + other.dirty);
    }

    List<String> texts() {
        return rows.stream().map(Row::text).sorted().toList();
    }

    /** Of the texts of the rows, whatever their order. */
    String sha256() {
        return sha256(texts());
    }

    static String sha256(List<String> sorted) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            sorted.forEach(text -> digest.update((text + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The checksum that the receipt must name. */
    String receiptChecksum() {
        RowChecksum checksum = new RowChecksum();
        rows.forEach(row -> checksum.add(row.cells()));
        return RowChecksum.text(checksum.value());
    }

    /** What a reader of the table compares: two contents of the runs never agree in it by chance. */
    String fingerprint() {
        return "%d|%d|%d|%d"
                .formatted(
                        rows.size(),
                        rows.stream().mapToLong(Row::partition).sum(),
                        rows.stream().mapToLong(Row::offset).sum(),
                        rows.stream().mapToLong(Row::timestamp).sum());
    }
}
