import type { Outlook } from '../../api/types';

type Effect = Outlook['clockChanges'][number]['effect'];

/** `2026-11-22T00:15:00` as people write it; an ellipsis where a side is open. */
export function shownLocal(local: string | null | undefined): string {
  return local ? local.replace('T', ' ').slice(0, 16) : '…';
}

/** The clock changes of a year by what they do, the first of each and how many: a node of minutes has dozens at once. */
export function byEffect(changes: Outlook['clockChanges']): { effect: Effect; first: string; count: number }[] {
  const found: { effect: Effect; first: string; count: number }[] = [];
  for (const { effect, wall } of changes) {
    const same = found.find((one) => one.effect === effect);
    if (same) same.count += 1;
    else found.push({ effect, first: wall, count: 1 });
  }
  return found;
}
