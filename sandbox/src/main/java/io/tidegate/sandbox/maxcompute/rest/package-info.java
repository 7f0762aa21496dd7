/** The service's XML side: projects, tables, partitions and SQL instances, and the signature of every request. */
@NullMarked
package io.tidegate.sandbox.maxcompute.rest;

import org.jspecify.annotations.NullMarked;
