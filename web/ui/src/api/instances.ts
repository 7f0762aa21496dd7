import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from './client';
import type { operations } from './schema';
import type { InstanceDetail } from './types';

export type InstanceFilter = Omit<NonNullable<operations['listInstances']['parameters']['query']>, 'cursor'>;

const ALL = '/api/v1/workspaces/{workspace}/instances';

/** Pages of instances by keyset: a new instance never shifts what is already on the screen. */
export function useInstances(workspace: string, filter: InstanceFilter) {
  return useInfiniteQuery({
    queryKey: ['instances', workspace, filter],
    queryFn: ({ pageParam, signal }) =>
      get(ALL, { path: { workspace }, query: pageParam === null ? filter : { ...filter, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function useInstance(id: number) {
  return useQuery({
    queryKey: ['instance', id],
    queryFn: ({ signal }) => get('/api/v1/instances/{id}', { path: { id }, signal }),
  });
}

export function useAttemptLog(id: number | undefined, enabled: boolean) {
  return useQuery({
    queryKey: ['attemptLog', id],
    queryFn: ({ signal }) => get('/api/v1/attempts/{id}/log', { path: { id: id ?? 0 }, query: { after: 0 }, signal }),
    enabled: enabled && id !== undefined,
  });
}

export type InstanceAction = 'rerun' | 'stop' | 'set-success';

function useInstanceAction(id: number, send: () => Promise<InstanceDetail>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (detail) => {
      queries.setQueryData(['instance', id], detail);
      void queries.invalidateQueries({ queryKey: ['instances'] });
    },
  });
}

/** @param addAgain whether the user was told that rows which are there already are added a second time */
export function useRerunInstance(id: number, addAgain: boolean) {
  return useInstanceAction(id, () => post('/api/v1/instances/{id}/rerun', { path: { id }, query: { addAgain } }));
}

export function useStopInstance(id: number) {
  return useInstanceAction(id, () => post('/api/v1/instances/{id}/stop', { path: { id } }));
}

export function useSetInstanceSuccess(id: number) {
  return useInstanceAction(id, () => post('/api/v1/instances/{id}/set-success', { path: { id } }));
}
