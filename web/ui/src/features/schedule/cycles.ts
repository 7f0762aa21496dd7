import type { Cycle } from '../../api/types';

export type CycleType = Cycle['type'];
export type HourMode = 'interval' | 'times';

export const CYCLE_TYPES: CycleType[] = ['MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR'];

export const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;

/** What a cycle starts with when its type is chosen; after full hours, so that records have time to arrive. */
export function newCycle(type: CycleType): Cycle {
  switch (type) {
    case 'MINUTE':
      return { type, startFrom: '00:00', interval: 5, endAt: '23:59' };
    case 'HOUR':
      return { type, startFrom: '00:15', interval: 1, endAt: '23:59' };
    case 'DAY':
      return { type, runAt: '00:15' };
    case 'WEEK':
      return { type, days: ['MON'], runAt: '00:15' };
    case 'MONTH':
      return { type, days: [1], lastDay: false, runAt: '00:15' };
    case 'YEAR':
      return { type, months: [1], days: [1], lastDay: false, runAt: '00:15' };
  }
}

export function hourMode(cycle: Extract<Cycle, { type: 'HOUR' }>): HourMode {
  return cycle.times && cycle.times.length > 0 ? 'times' : 'interval';
}
