package io.tidegate.scheduler.alert.channel;

/**
 * What came of sending a message.
 *
 * @param text what the other side said, or why it was not reached; holds no secret
 */
public record SendAnswer(boolean delivered, String text) {
    static SendAnswer refused(String text) {
        return new SendAnswer(false, text);
    }
}
