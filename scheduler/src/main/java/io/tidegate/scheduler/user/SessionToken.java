package io.tidegate.scheduler.user;

/**
 * What a browser gets when a session opens; shown to nobody else and stored nowhere.
 *
 * @param token for the cookie
 * @param csrf for the header of every request that changes something
 */
public record SessionToken(String token, String csrf) {
    @Override
    public String toString() {
        return "SessionToken[hidden]";
    }
}
