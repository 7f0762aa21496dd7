import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from './client';
import type { components } from './schema';

const ALL = '/api/v1/workspaces/{workspace}/backfills';

export function useBackfills(workspace: string) {
  return useQuery({
    queryKey: ['backfills', workspace],
    queryFn: async ({ signal }) => (await get(ALL, { path: { workspace }, signal })).items,
    refetchInterval: 5_000,
  });
}

export function useBackfill(id: number) {
  return useQuery({
    queryKey: ['backfill', id],
    queryFn: ({ signal }) => get('/api/v1/backfills/{id}', { path: { id }, signal }),
    // While it runs its counts are asked for again.
    refetchInterval: ({ state }) => {
      const backfill = state.data;
      return backfill && (backfill.state === 'DONE' || backfill.counts.SUCCESS + backfill.counts.FAILED === backfill.total) ? false : 2_000;
    },
  });
}

export function useCreateBackfill(workspace: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: components['schemas']['NewBackfill']) => post(ALL, { path: { workspace }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['backfills', workspace] }),
  });
}
