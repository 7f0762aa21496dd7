package io.tidegate.app.config;

/** A setting is missing or wrong; the message names the setting, where it came from and the cure. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }
}
