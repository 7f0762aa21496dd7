package io.tidegate.scheduler.alert.channel;

/** What a channel speaks. */
public enum ChannelType {
    /** SMTP. */
    EMAIL,
    /** Our own JSON by POST to any address. */
    WEBHOOK,
    SLACK,
    DINGTALK,
    WECOM,
    /** Lark, and Feishu. */
    LARK;

    /** Whether the service checks a signature made with a secret. */
    public boolean canSign() {
        return switch (this) {
            case WEBHOOK, DINGTALK, LARK -> true;
            case EMAIL, SLACK, WECOM -> false;
        };
    }
}
