package io.tidegate.sandbox.orders;

import com.aliyun.odps.Instance;
import com.aliyun.odps.Odps;
import com.aliyun.odps.OdpsException;
import com.aliyun.odps.account.AliyunAccount;
import com.aliyun.odps.data.Record;
import com.aliyun.odps.task.SQLTask;
import java.util.List;

/** Counts rows of the demo's table with SQL, as a user would in an ad hoc query. */
public final class OrdersTable {
    private final Odps odps;
    private final String table;

    /**
     * @param endpoint URL of the MaxCompute service, ending in {@code /api}
     */
    public OrdersTable(String endpoint, String project, String accessId, String accessKey, String table) {
        this.odps = new Odps(new AliyunAccount(accessId, accessKey));
        this.odps.setEndpoint(endpoint);
        this.odps.setDefaultProject(project);
        this.table = project + "." + table;
    }

    /** Rows in the partition {@code ds=<value>}; 0 when it is not there. */
    public long count(String value) {
        String sql = "select count(*) from " + table + " where ds='" + value + "';";
        try {
            Instance instance = SQLTask.run(odps, sql);
            instance.waitForSuccess();
            List<Record> rows = SQLTask.getResult(instance);
            return Long.parseLong(rows.get(0).getString(0));
        } catch (OdpsException e) {
            throw new IllegalStateException(sql + " failed: " + e.getMessage(), e);
        }
    }
}
