import { useState } from 'react';

interface Identified {
  id: number;
}

/**
 * Splits a list that was asked for again into the rows that may be shown and the number of those that came in between.
 * Rows after the last known one were loaded on request; an unknown row before it would push the others down.
 */
export function splitArrivals<T extends Identified>(items: T[], known: ReadonlySet<number>): { shown: T[]; arrived: number } {
  const lastKnown = items.findLastIndex((item) => known.has(item.id));
  if (lastKnown < 0) return { shown: items, arrived: 0 };
  const shown = items.filter((item, i) => i > lastKnown || known.has(item.id));
  return { shown, arrived: items.length - shown.length };
}

/** Rows that do not jump: new ones wait until they are asked for. `list` names the list; another one starts afresh. */
export function useStableRows<T extends Identified>(items: T[], list: string) {
  const [seen, setSeen] = useState<{ list: string; ids: ReadonlySet<number> }>({ list, ids: new Set() });
  const known = seen.list === list ? seen.ids : new Set<number>();
  const { shown, arrived } = splitArrivals(items, known);
  if (seen.list !== list || shown.some((item) => !known.has(item.id))) {
    setSeen({ list, ids: new Set(shown.map((item) => item.id)) });
  }
  return { shown, arrived, showAll: () => setSeen({ list, ids: new Set(items.map((item) => item.id)) }) };
}
