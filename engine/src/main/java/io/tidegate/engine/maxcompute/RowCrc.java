package io.tidegate.engine.maxcompute;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The CRC32C of a row's values. Small values are gathered first: one call for many of them costs a fraction of one call for
 * each.
 */
final class RowCrc {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int GATHERED_MAX = 1024;

    /** Longer values are not copied to be gathered. */
    private static final int COPIED_MAX = 64;

    private final CRC32C crc = new CRC32C();
    private final byte[] gathered = new byte[GATHERED_MAX];
    private int length;

    void add(int value) {
        makeRoom(Integer.BYTES);
        INT.set(gathered, length, value);
        length += Integer.BYTES;
    }

    void add(long value) {
        makeRoom(Long.BYTES);
        LONG.set(gathered, length, value);
        length += Long.BYTES;
    }

    void add(boolean value) {
        makeRoom(1);
        gathered[length++] = (byte) (value ? 1 : 0);
    }

    void add(byte[] bytes) {
        if (bytes.length <= COPIED_MAX) {
            makeRoom(bytes.length);
            System.arraycopy(bytes, 0, gathered, length, bytes.length);
            length += bytes.length;
        } else {
            update();
            crc.update(bytes, 0, bytes.length);
        }
    }

    /** The checksum of what was added since it was last asked for. */
    int take() {
        update();
        int value = (int) crc.getValue();
        crc.reset();
        return value;
    }

    private void makeRoom(int bytes) {
        if (length + bytes > GATHERED_MAX) {
            update();
        }
    }

    private void update() {
        crc.update(gathered, 0, length);
        length = 0;
    }
}
