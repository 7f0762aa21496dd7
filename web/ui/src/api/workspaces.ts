import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from './client';
import type { WorkspaceMode } from './types';

export function useWorkspaces() {
  return useQuery({
    queryKey: ['workspaces'],
    queryFn: async ({ signal }) => (await get('/api/v1/workspaces', { signal })).items,
    staleTime: 60_000,
  });
}

export function useCreateWorkspace() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; mode: WorkspaceMode; timeZone: string }) => post('/api/v1/workspaces', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['workspaces'] }),
  });
}
