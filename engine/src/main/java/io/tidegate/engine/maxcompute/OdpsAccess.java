package io.tidegate.engine.maxcompute;

import com.aliyun.odps.Odps;
import com.aliyun.odps.account.AliyunAccount;
import com.aliyun.odps.rest.RestClient;
import com.aliyun.odps.tunnel.Configuration;
import com.aliyun.odps.tunnel.TableTunnel;
import io.tidegate.engine.DataSourceConnection;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Makes SDK objects that answer or fail in bounded time. On its own the SDK repeats control calls for two minutes, and
 * throttled ones for ever.
 */
final class OdpsAccess {
    private static final int CONNECT_SECONDS_MAX = 10;
    private static final int REST_READ_SECONDS_MAX = 60;
    private static final int TUNNEL_READ_SECONDS_MAX = 120;

    private OdpsAccess() {}

    static Odps odps(DataSourceConnection.MaxCompute connection) {
        return odps(connection, null);
    }

    /** With a schema, every table is one of that schema. */
    static Odps odps(DataSourceConnection.MaxCompute connection, @Nullable String schema) {
        Odps odps = new Odps(new AliyunAccount(connection.accessId(), connection.accessKey()));
        odps.setEndpoint(connection.endpoint());
        odps.setDefaultProject(connection.project());
        if (schema != null) {
            odps.setCurrentSchema(schema);
        }
        if (connection.tunnelEndpoint() != null) {
            odps.setTunnelEndpoint(connection.tunnelEndpoint());
        }
        RestClient rest = odps.getRestClient();
        rest.setConnectTimeout(CONNECT_SECONDS_MAX);
        rest.setReadTimeout(REST_READ_SECONDS_MAX);
        rest.setRetryTimes(0);
        rest.disableDeprecatedLogger();
        return odps;
    }

    /** Asks for the Tunnel's address once, unless the connection names it. */
    static Configuration tunnelConfiguration(Odps odps, @Nullable String quota)
            throws com.aliyun.odps.tunnel.TunnelException {
        Configuration configuration = Configuration.builder(odps)
                .withRetryLogger(new NoRetry())
                .withQuotaName(quota == null ? "" : quota)
                .build();
        configuration.setSocketConnectTimeout(CONNECT_SECONDS_MAX);
        configuration.setSocketTimeout(TUNNEL_READ_SECONDS_MAX);
        configuration.setSocketRetryTimes(0);
        URI endpoint = configuration.getEndpoint(odps.getDefaultProject());
        configuration.setEndpoint(endpoint);
        return configuration;
    }

    static TableTunnel tunnel(Odps odps, Configuration configuration) {
        return new TableTunnel(odps, configuration);
    }

    /** Called by the SDK before each of its own repetitions: the only place where they can be stopped. */
    private static final class NoRetry extends RestClient.RetryLogger {
        @Override
        public void onRetryLog(Throwable error, long retryCount, long retrySleepTime) {
            throw new RetryForbidden(error);
        }
    }

    /** Carries the first error out of the SDK's retry loop. */
    static final class RetryForbidden extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RetryForbidden(Throwable cause) {
            super(cause);
        }
    }
}
