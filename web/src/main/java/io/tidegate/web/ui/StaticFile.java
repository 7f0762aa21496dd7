package io.tidegate.web.ui;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/** One file, ready to be sent in either form. */
final class StaticFile {
    private final byte[] plain;
    private final byte[] gzipped;
    private final String contentType;
    private final String etag;
    private final boolean immutable;

    /** @param immutable whether its name changes with its content, so that it may be kept for ever */
    StaticFile(byte[] plain, String contentType, boolean immutable) throws IOException {
        this.plain = plain;
        this.gzipped = gzip(plain);
        this.contentType = contentType;
        this.immutable = immutable;
        CRC32 crc = new CRC32();
        crc.update(plain);
        this.etag = "\"" + HexFormat.of().toHexDigits(crc.getValue()) + "-" + plain.length + "\"";
    }

    InputStream plain() {
        return new ByteArrayInputStream(plain);
    }

    InputStream gzipped() {
        return new ByteArrayInputStream(gzipped);
    }

    boolean smallerGzipped() {
        return gzipped.length < plain.length;
    }

    String contentType() {
        return contentType;
    }

    String etag() {
        return etag;
    }

    boolean immutable() {
        return immutable;
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }
}
