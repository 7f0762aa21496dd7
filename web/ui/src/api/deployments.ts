import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from './client';
import type { components } from './schema';

export function useDeploymentCandidates(workspace: string) {
  return useQuery({
    queryKey: ['candidates', workspace],
    queryFn: async ({ signal }) =>
      (await get('/api/v1/workspaces/{workspace}/deployments/candidates', { path: { workspace }, signal })).items,
  });
}

export function useDeployments(workspace: string) {
  return useQuery({
    queryKey: ['deployments', workspace],
    queryFn: async ({ signal }) => (await get('/api/v1/workspaces/{workspace}/deployments', { path: { workspace }, signal })).items,
  });
}

export function useDeployment(id: number) {
  return useQuery({
    queryKey: ['deployment', id],
    queryFn: ({ signal }) => get('/api/v1/deployments/{id}', { path: { id }, signal }),
  });
}

export function useDeploy(workspace: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: components['schemas']['NewDeployment']) =>
      post('/api/v1/workspaces/{workspace}/deployments', { path: { workspace }, body }),
    onSuccess: () => {
      for (const key of ['candidates', 'deployments', 'nodes', 'node', 'instances']) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
}

/** Deployed nodes that hang on nothing, or on something that is not there. */
export function useIsolatedNodes(workspace: string) {
  return useQuery({
    queryKey: ['isolated', workspace],
    queryFn: async ({ signal }) => (await get('/api/v1/workspaces/{workspace}/isolated-nodes', { path: { workspace }, signal })).items,
  });
}
