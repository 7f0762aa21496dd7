import type { PartitionReceipt, Receipt } from '../api/types';

export interface ReceiptSums {
  offsets: number;
  read: number;
  written: number;
  filtered: number;
  dirty: number;
}

export interface ReceiptProof {
  sums: ReceiptSums;
  /** read = written + filtered + dirty, in every partition and in sum. */
  adds: boolean;
  /** The partitions give the totals that the receipt states. */
  agrees: boolean;
  /** Partitions whose own counts do not add up. */
  broken: number[];
}

const adds = (p: { read: number; written: number; filtered: number; dirty: number }) => p.read === p.written + p.filtered + p.dirty;

/** Adds up the partitions and compares them with the totals: the proof that a receipt shows. */
export function proveReceipt(receipt: Receipt): ReceiptProof {
  const sums = receipt.partitions.reduce<ReceiptSums>(
    (sum, p) => ({
      offsets: sum.offsets + (p.end - p.begin),
      read: sum.read + p.read,
      written: sum.written + p.written,
      filtered: sum.filtered + p.filtered,
      dirty: sum.dirty + p.dirty,
    }),
    { offsets: 0, read: 0, written: 0, filtered: 0, dirty: 0 },
  );
  const broken = receipt.partitions.filter((p) => !adds(p)).map((p) => p.partition);
  const agrees = (['read', 'written', 'filtered', 'dirty'] as const).every((name) => sums[name] === receipt[name]);
  return { sums, broken, agrees, adds: broken.length === 0 && adds(sums) && adds(receipt) };
}

export interface BarShares {
  written: number;
  filtered: number;
  dirty: number;
}

/** Lengths of a partition's bar in percent, where the longest partition of the receipt is 100. */
export function barShares(partition: PartitionReceipt, longest: number): BarShares {
  const share = (n: number) => (longest === 0 ? 0 : (n / longest) * 100);
  return { written: share(partition.written), filtered: share(partition.filtered), dirty: share(partition.dirty) };
}
