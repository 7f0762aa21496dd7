import type { InstanceFilter } from '../../api/instances';
import { INSTANCE_STATES, ORIGINS, type Environment, type InstanceState, type Origin } from '../../api/types';
import { instantOfLocal, nextDay } from '../../components/localTime';

/** What the address of the list says. */
export interface ListFilter {
  environment: Environment;
  states: InstanceState[];
  node?: number;
  origin?: Origin;
  originKey?: string;
  /** Local day of the workspace, `2026-11-22`. */
  date?: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the query of an address; what it does not understand is left out. */
export function readFilter(search: URLSearchParams): ListFilter {
  const node = Number(search.get('node'));
  const origin = ORIGINS.find((o) => o === search.get('origin'));
  const originKey = search.get('originKey');
  const date = search.get('date');
  return {
    environment: search.get('environment') === 'DEV' ? 'DEV' : 'PROD',
    states: INSTANCE_STATES.filter((state) => search.getAll('state').includes(state)),
    ...(Number.isSafeInteger(node) && node > 0 ? { node } : {}),
    ...(origin ? { origin } : {}),
    ...(originKey ? { originKey } : {}),
    ...(date !== null && DATE.test(date) && !Number.isNaN(Date.parse(date)) ? { date } : {}),
  };
}

/** The query of an address; defaults are left out, so that a plain list has a plain address. */
export function writeFilter(filter: ListFilter): URLSearchParams {
  const search = new URLSearchParams();
  if (filter.environment === 'DEV') search.set('environment', 'DEV');
  for (const state of filter.states) search.append('state', state);
  if (filter.node !== undefined) search.set('node', String(filter.node));
  if (filter.origin) search.set('origin', filter.origin);
  if (filter.originKey) search.set('originKey', filter.originKey);
  if (filter.date) search.set('date', filter.date);
  return search;
}

/** The same as the API asks for it: a local day becomes two instants. */
export function queryOf(filter: ListFilter, zone: string): InstanceFilter {
  return {
    environment: filter.environment,
    limit: 100,
    ...(filter.states.length > 0 ? { state: filter.states } : {}),
    ...(filter.node === undefined ? {} : { node: filter.node }),
    ...(filter.origin ? { origin: filter.origin } : {}),
    ...(filter.originKey ? { originKey: filter.originKey } : {}),
    ...(filter.date
      ? {
          from: instantOfLocal(filter.date, '00:00', zone).toISOString(),
          to: instantOfLocal(nextDay(filter.date), '00:00', zone).toISOString(),
        }
      : {}),
  };
}
