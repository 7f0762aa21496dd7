import type { Environment } from '../../api/types';

/** What the address of the list of late records says. */
export interface LateFilter {
  environment: Environment;
  node: number | undefined;
  /** Only those that are in no partition of the warehouse. */
  open: boolean;
}

/** Reads the query of an address; what it does not understand is left out. */
export function lateFilterOf(search: URLSearchParams): LateFilter {
  const node = Number(search.get('node'));
  return {
    environment: search.get('environment') === 'DEV' ? 'DEV' : 'PROD',
    node: Number.isSafeInteger(node) && node > 0 ? node : undefined,
    open: search.get('open') === 'true',
  };
}

/** The query of an address; defaults are left out. */
export function writeLateFilter(filter: LateFilter): URLSearchParams {
  const search = new URLSearchParams();
  if (filter.environment === 'DEV') search.set('environment', 'DEV');
  if (filter.node !== undefined) search.set('node', String(filter.node));
  if (filter.open) search.set('open', 'true');
  return search;
}
