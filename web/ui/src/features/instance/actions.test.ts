import { describe, expect, it } from 'vitest';
import type { InstanceDetail, Receipt } from '../../api/types';
import { addsAgain, BULK_OPERATIONS, extentOf, FIRST_OPERATIONS, holdingParents, MORE_OPERATIONS, refusalOf } from './actions';

const receipt = (writeMode: 'OVERWRITE' | 'INTO') => ({ writeMode, table: 'lake.orders', tablePartition: 'ds=1', written: 12_000 }) as Receipt;

describe('operations', () => {
  it('are refused in the words of the server', () => {
    const operations: InstanceDetail['operations'] = [
      { operation: 'STOP', refusal: null },
      { operation: 'FREEZE', refusal: 'It is frozen already.' },
    ];
    expect(refusalOf('STOP', { operations })).toBeUndefined();
    expect(refusalOf('FREEZE', { operations })).toBe('It is frozen already.');
  });

  it('stand once each on the page of an instance', () => {
    const all = [...FIRST_OPERATIONS, ...MORE_OPERATIONS];
    expect(new Set(all).size).toBe(all.length);
    expect(BULK_OPERATIONS.every((operation) => (all as string[]).includes(operation))).toBe(true);
  });

  it('name what a rerun rewrites, and warn where it adds', () => {
    expect(extentOf('RERUN', { nodeName: 'copy', receipt: receipt('OVERWRITE') })).toEqual({
      key: 'extent.overwrites',
      values: { partition: 'ds=1', table: 'lake.orders', rows: '12,000' },
    });
    expect(extentOf('RERUN', { nodeName: 'copy', receipt: receipt('INTO') }).key).toBe('extent.adds');
    expect(addsAgain({ receipt: receipt('INTO') })).toBe(true);
    expect(extentOf('STOP', { nodeName: 'copy', receipt: null }).key).toBe('extent.STOP');
  });

  it('offer only parents that hold the instance back', () => {
    const parents = [
      { id: 1, nodeName: 'a', scheduledLocal: '2026-11-22T10:00:00', state: 'SUCCESS' as const },
      { id: 2, nodeName: 'b', scheduledLocal: '2026-11-22T10:00:00', state: 'FAILED' as const },
    ];
    expect(holdingParents({ parents }).map((parent) => parent.id)).toEqual([2]);
  });
});
