import { describe, expect, it } from 'vitest';
import { byEffect, shownLocal } from './outlook';

const at = (wall: string, effect: 'MOVED' | 'LEFT_OUT' | 'RUNS_ONCE') => ({ wall, effect, runsAt: null });

describe('the outlook', () => {
  it('shows local times without the T and the seconds', () => {
    expect(shownLocal('2026-11-22T00:15:00')).toBe('2026-11-22 00:15');
    expect(shownLocal('2026-11-22T00:15')).toBe('2026-11-22 00:15');
    expect(shownLocal(null)).toBe('…');
  });

  it('counts clock changes by what they do', () => {
    expect(
      byEffect([at('2027-03-14T02:00', 'LEFT_OUT'), at('2027-03-14T02:05', 'LEFT_OUT'), at('2027-11-07T01:00', 'RUNS_ONCE')]),
    ).toEqual([
      { effect: 'LEFT_OUT', first: '2027-03-14T02:00', count: 2 },
      { effect: 'RUNS_ONCE', first: '2027-11-07T01:00', count: 1 },
    ]);
  });
});
