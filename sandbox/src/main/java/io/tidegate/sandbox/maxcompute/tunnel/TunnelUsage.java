package io.tidegate.sandbox.maxcompute.tunnel;

import io.tidegate.sandbox.maxcompute.rest.HttpCall;
import io.tidegate.sandbox.maxcompute.storage.RefusedException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** Which Tunnel quotas and codecs the uploads have used. Thread-safe. */
public final class TunnelUsage {
    private final Map<String, String> quotaOfUpload = new ConcurrentHashMap<>();
    private final Set<String> quotas = new ConcurrentSkipListSet<>();
    private final Set<String> encodings = new ConcurrentSkipListSet<>();

    /** The quotas that uploads were opened in; the shared one is the empty text. */
    public Set<String> quotas() {
        return Set.copyOf(quotas);
    }

    /** The content encodings of blocks; no compression is the empty text. */
    public Set<String> encodings() {
        return Set.copyOf(encodings);
    }

    void opened(String upload, HttpCall call) {
        quotaOfUpload.put(upload, call.parameter("quotaName"));
        quotas.add(call.parameter("quotaName"));
    }

    void block(String encoding) {
        encodings.add(encoding);
    }

    /** Every request of an upload must come in the quota that it was opened in. */
    void check(String upload, HttpCall call) {
        String opened = quotaOfUpload.get(upload);
        if (opened != null && !opened.equals(call.parameter("quotaName"))) {
            throw new RefusedException(
                    403,
                    "QuotaNotMatch",
                    "The upload was opened in quota '%s', the request comes in '%s'"
                            .formatted(opened, call.parameter("quotaName")));
        }
    }
}
