import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, get, post } from './client';
import type { components } from './schema';
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

/** Changes settings of a workspace; what is absent stays as it is. */
export function useChangeWorkspace(workspace: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: components['schemas']['WorkspaceChange']) => call('patch', '/api/v1/workspaces/{workspace}', { path: { workspace }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['workspaces'] }),
  });
}
