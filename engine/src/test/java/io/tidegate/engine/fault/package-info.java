/** Kills, faults and zombies: whatever happens, every row is there once in the end. See docs/faults.md. */
@NullMarked
package io.tidegate.engine.fault;

import org.jspecify.annotations.NullMarked;
