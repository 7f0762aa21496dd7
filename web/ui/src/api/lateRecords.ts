import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { get } from './client';
import type { Environment } from './types';

const ALL = '/api/v1/workspaces/{workspace}/late-records';

/** Pages of the late ledger, newest first. */
export function useLateRecords(workspace: string, filter: { environment: Environment; node: number | undefined; open: boolean }) {
  return useInfiniteQuery({
    queryKey: ['lateRecords', workspace, filter],
    queryFn: ({ pageParam, signal }) =>
      get(ALL, {
        path: { workspace },
        query: {
          environment: filter.environment,
          open: filter.open,
          ...(filter.node === undefined ? {} : { node: filter.node }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}
