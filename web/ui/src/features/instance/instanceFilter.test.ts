import { describe, expect, it } from 'vitest';
import { instantOfLocal } from '../../components/localTime';
import { queryOf, readFilter, writeFilter, type ListFilter } from './instanceFilter';
import { addChunk, NO_LOG } from './logChunks';
import { splitArrivals } from './stableRows';

const rows = (...ids: number[]) => ids.map((id) => ({ id }));

describe('filters in the address', () => {
  const full: ListFilter = { environment: 'DEV', states: ['WAIT_TIME', 'FAILED'], node: 7, origin: 'BACKFILL', originKey: '3', date: '2026-11-22' };

  it('come back as they were written', () => {
    expect(readFilter(writeFilter(full))).toEqual(full);
    expect(writeFilter(full).toString()).toBe('environment=DEV&state=WAIT_TIME&state=FAILED&node=7&origin=BACKFILL&originKey=3&date=2026-11-22');
  });

  it('are absent when nothing is chosen', () => {
    expect(writeFilter({ environment: 'PROD', states: [] }).toString()).toBe('');
    expect(readFilter(new URLSearchParams())).toEqual({ environment: 'PROD', states: [] });
  });

  it('ignore what nobody understands', () => {
    expect(readFilter(new URLSearchParams('state=BROKEN&state=FAILED&node=abc&origin=X&date=2026-13-45&environment=x'))).toEqual({
      environment: 'PROD',
      states: ['FAILED'],
    });
  });

  it('turn a local day into its instants, also where the day has 23 hours', () => {
    expect(queryOf({ environment: 'PROD', states: [], date: '2026-11-22' }, 'Asia/Shanghai')).toMatchObject({
      from: '2026-11-21T16:00:00.000Z',
      to: '2026-11-22T16:00:00.000Z',
    });
    expect(queryOf({ environment: 'PROD', states: [], date: '2026-03-29' }, 'Europe/Berlin')).toMatchObject({
      from: '2026-03-28T23:00:00.000Z',
      to: '2026-03-29T22:00:00.000Z',
    });
  });
});

describe('a local time', () => {
  it.each([
    ['2026-03-29', '01:59', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29', '03:00', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25', '01:30', '2026-10-24T23:30:00.000Z'],
  ])('%s %s in Berlin is %s', (date, time, instant) => {
    expect(instantOfLocal(date, time, 'Europe/Berlin').toISOString()).toBe(instant);
  });

  it('that clocks skip is moved behind the gap', () => {
    expect(instantOfLocal('2026-03-29', '02:30', 'Europe/Berlin').getTime()).toBeGreaterThanOrEqual(Date.parse('2026-03-29T01:00:00Z'));
  });
});

describe('a list that is asked for again', () => {
  it('holds back rows that would push the others down', () => {
    expect(splitArrivals(rows(9, 5, 4), new Set([5, 4]))).toEqual({ shown: rows(5, 4), arrived: 1 });
  });

  it('takes rows that were loaded at its end', () => {
    expect(splitArrivals(rows(5, 4, 3, 2), new Set([5, 4]))).toEqual({ shown: rows(5, 4, 3, 2), arrived: 0 });
  });

  it('shows everything the first time', () => {
    expect(splitArrivals(rows(2, 1), new Set())).toEqual({ shown: rows(2, 1), arrived: 0 });
  });
});

describe('the live log', () => {
  it('puts chunks together once each, though the stream began anew', () => {
    const events = [
      { attempt: 4, number: 1, text: 'a\n' },
      { attempt: 4, number: 2, text: 'b\n' },
      { attempt: 4, number: 1, text: 'a\n' },
      { attempt: 4, number: 2, text: 'b\n' },
      { attempt: 4, number: 3, text: 'c\n' },
    ];
    expect(events.reduce(addChunk, NO_LOG).text).toBe('a\nb\nc\n');
  });

  it('begins anew with the next attempt and does not go back to an older one', () => {
    const next = addChunk({ attempt: 4, last: 9, text: 'old' }, { attempt: 5, number: 1, text: 'new' });
    expect(next).toEqual({ attempt: 5, last: 1, text: 'new' });
    expect(addChunk(next, { attempt: 4, number: 10, text: 'late' })).toBe(next);
  });
});
