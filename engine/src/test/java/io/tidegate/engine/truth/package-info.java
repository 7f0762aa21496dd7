/**
 * Copies judged by an independent count: a generator writes topics as odd as producers make them, a plain consumer reads
 * them whole, and what it finds decides.
 */
@NullMarked
package io.tidegate.engine.truth;

import org.jspecify.annotations.NullMarked;
