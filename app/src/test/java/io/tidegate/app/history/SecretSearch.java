package io.tidegate.app.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** I11: no secret in any log, answer or row. */
final class SecretSearch {
    private SecretSearch() {}

    /**
     * @param secrets texts that were chosen so that they occur nowhere by chance
     * @param places name to content
     */
    static List<Violation> find(List<String> secrets, Map<String, String> places) {
        List<Violation> found = new ArrayList<>();
        places.forEach((name, text) -> {
            for (String secret : secrets) {
                int at = text.indexOf(secret);
                if (at >= 0) {
                    // Not the secret itself: this is read in logs.
                    found.add(new Violation("I11", name + " has a secret at character " + at));
                }
            }
        });
        return found;
    }
}
