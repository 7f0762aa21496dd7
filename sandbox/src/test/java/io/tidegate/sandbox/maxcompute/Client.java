package io.tidegate.sandbox.maxcompute;

import com.aliyun.odps.Instance;
import com.aliyun.odps.Odps;
import com.aliyun.odps.OdpsException;
import com.aliyun.odps.PartitionSpec;
import com.aliyun.odps.account.AliyunAccount;
import com.aliyun.odps.data.Record;
import com.aliyun.odps.data.RecordReader;
import com.aliyun.odps.data.RecordWriter;
import com.aliyun.odps.task.SQLTask;
import com.aliyun.odps.tunnel.TableTunnel;
import com.aliyun.odps.tunnel.TableTunnel.UploadSession;
import com.aliyun.odps.tunnel.TunnelException;
import com.aliyun.odps.tunnel.io.CompressOption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** What the tests do with the official SDK, in few words. */
record Client(Odps odps, TableTunnel tunnel) {
    static Client of(MaxComputeServer server) {
        return of(server, server.accessId(), server.accessKey());
    }

    static Client of(MaxComputeServer server, String accessId, String accessKey) {
        return of(server.endpoint(), accessId, accessKey, server.project());
    }

    static Client of(String endpoint, String accessId, String accessKey, String project) {
        Odps odps = new Odps(new AliyunAccount(accessId, accessKey));
        odps.setEndpoint(endpoint);
        odps.setDefaultProject(project);
        odps.getRestClient().setRetryTimes(0);
        return new Client(odps, new TableTunnel(odps));
    }

    /** Runs a statement and returns the rows, or nothing. */
    List<Record> sql(String text) throws OdpsException {
        Instance instance = SQLTask.run(odps, text);
        instance.waitForSuccess(50);
        String result = instance.getTaskResults().getOrDefault("AnonymousSQLTask", "");
        return result.isEmpty() ? List.of() : SQLTask.getResult(instance);
    }

    /** The first cell of the first row. */
    String cell(String text) throws OdpsException {
        return String.valueOf(sql(text).get(0).get(0));
    }

    /** The text of SHOW, DESC and the like. */
    String text(String statement) throws OdpsException {
        Instance instance = SQLTask.run(odps, statement);
        instance.waitForSuccess(50);
        return instance.getTaskResults().getOrDefault("AnonymousSQLTask", "");
    }

    UploadSession open(String table, String partition, boolean overwrite) throws TunnelException {
        return partition.isEmpty()
                ? tunnel.createUploadSession(odps.getDefaultProject(), table, overwrite)
                : tunnel.createUploadSession(odps.getDefaultProject(), table, new PartitionSpec(partition), overwrite);
    }

    static void write(UploadSession session, long block, int rows, BiConsumer<Record, Integer> fill)
            throws TunnelException, IOException {
        try (RecordWriter writer = session.openRecordWriter(
                block, new CompressOption(CompressOption.CompressAlgorithm.ODPS_LZ4_FRAME, 1, 0))) {
            Record row = session.newRecord();
            for (int i = 0; i < rows; i++) {
                fill.accept(row, i);
                writer.write(row);
            }
        }
    }

    List<Record> download(String table, String partition) throws TunnelException, IOException {
        var builder = tunnel.buildDownloadSession(odps.getDefaultProject(), table);
        if (!partition.isEmpty()) {
            builder.setPartitionSpec(new PartitionSpec(partition));
        }
        TableTunnel.DownloadSession session = builder.build();
        List<Record> rows = new ArrayList<>();
        try (RecordReader reader = session.openRecordReader(0, session.getRecordCount())) {
            for (Record row = reader.read(); row != null; row = reader.read()) {
                rows.add(row.clone());
            }
        }
        return rows;
    }
}
