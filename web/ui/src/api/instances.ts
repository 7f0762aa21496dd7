import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from './client';
import type { operations } from './schema';
import type { BulkOperation, InstanceDetail } from './types';

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

export type OneOperation =
  | { operation: 'STOP' | 'SET_SUCCESS' | 'FREEZE' | 'UNFREEZE' | 'RUN_NOW'; reason: string }
  | { operation: 'RERUN'; addAgain: boolean; reason: string }
  | { operation: 'RERUN_WITH_DESCENDANTS'; descendants: number[]; addAgain: boolean; reason: string }
  | { operation: 'REMOVE_DEPENDENCY'; parentId: number; reason: string }
  | { operation: 'CHANGE_PRIORITY'; priority: number; reason: string };

function send(id: number, wanted: OneOperation): Promise<InstanceDetail> {
  const path = { id };
  const { reason } = wanted;
  const body = { reason };
  switch (wanted.operation) {
    case 'STOP':
      return post('/api/v1/instances/{id}/stop', { path, body });
    case 'SET_SUCCESS':
      return post('/api/v1/instances/{id}/set-success', { path, body });
    case 'FREEZE':
      return post('/api/v1/instances/{id}/freeze', { path, body });
    case 'UNFREEZE':
      return post('/api/v1/instances/{id}/unfreeze', { path, body });
    case 'RUN_NOW':
      return post('/api/v1/instances/{id}/run-now', { path, body });
    case 'RERUN':
      return post('/api/v1/instances/{id}/rerun', { path, query: { addAgain: wanted.addAgain }, body });
    case 'RERUN_WITH_DESCENDANTS': {
      const { descendants, addAgain } = wanted;
      return post('/api/v1/instances/{id}/rerun-with-descendants', { path, body: { descendants, addAgain, reason } });
    }
    case 'REMOVE_DEPENDENCY':
      return post('/api/v1/instances/{id}/remove-dependency', { path, body: { parentId: wanted.parentId, reason } });
    case 'CHANGE_PRIORITY':
      return post('/api/v1/instances/{id}/change-priority', { path, body: { priority: wanted.priority, reason } });
  }
}

/** One operation on one instance. */
export function useOperation(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wanted: OneOperation) => send(id, wanted),
    onSuccess: (detail) => {
      queries.setQueryData(['instance', id], detail);
      void queries.invalidateQueries({ queryKey: ['instances'] });
      void queries.invalidateQueries({ queryKey: ['lateRecords'] });
    },
  });
}

/** What a rerun may take along. */
export function useDescendants(id: number) {
  return useQuery({
    queryKey: ['descendants', id],
    queryFn: async ({ signal }) => (await get('/api/v1/instances/{id}/descendants', { path: { id }, signal })).items,
    gcTime: 0,
  });
}

/** One operation on many instances; what is refused for one is done for the others. */
export function useBulkOperation(workspace: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: BulkOperation) =>
      (await post('/api/v1/workspaces/{workspace}/instances/bulk', { path: { workspace }, body })).results,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['instances'] });
      void queries.invalidateQueries({ queryKey: ['instance'] });
    },
  });
}

/** Reruns it so that it reaches the late records of its window. */
export function useRepairInstance(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => post('/api/v1/instances/{id}/repair', { path: { id } }),
    onSuccess: (detail) => {
      queries.setQueryData(['instance', id], detail);
      void queries.invalidateQueries({ queryKey: ['instances'] });
    },
  });
}
