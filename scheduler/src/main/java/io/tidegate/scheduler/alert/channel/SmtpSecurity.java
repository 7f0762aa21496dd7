package io.tidegate.scheduler.alert.channel;

/** How a connection to a mail server is encrypted. */
public enum SmtpSecurity {
    /** Not at all. */
    NONE,
    /** After a greeting in the clear; a server that does not offer it is refused. */
    STARTTLS,
    /** From the first byte. */
    TLS
}
