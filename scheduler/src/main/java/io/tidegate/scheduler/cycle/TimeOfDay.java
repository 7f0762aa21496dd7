package io.tidegate.scheduler.cycle;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.OptBoolean;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * A time of day as hours and minutes, {@code 00:15}. Strictly so: a lenient parser takes {@code 24:00} for the midnight that
 * begins the day, and a series that was to end with the day would run once.
 */
@Retention(RetentionPolicy.RUNTIME)
@JacksonAnnotationsInside
@JsonFormat(pattern = "HH:mm", lenient = OptBoolean.FALSE)
public @interface TimeOfDay {}
