package io.tidegate.engine.mapping;

import java.time.ZoneId;

/**
 * What the job says about conversion.
 *
 * @param zone zone of date and time text without zone
 * @param emptyAsNull whether empty text becomes NULL
 * @param overLength what becomes of text that is too long
 * @param shortened called for each text that is cut or left out because of that
 */
record ConversionRules(ZoneId zone, boolean emptyAsNull, OverLength overLength, Runnable shortened) {
    ConversionRules inside() {
        return new ConversionRules(zone, emptyAsNull, OverLength.REFUSED, shortened);
    }
}
