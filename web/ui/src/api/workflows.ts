import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from './client';

export function useWorkflows(workspace: string) {
  return useQuery({
    queryKey: ['workflows', workspace],
    queryFn: async ({ signal }) => (await get('/api/v1/workspaces/{workspace}/workflows', { path: { workspace }, signal })).items,
  });
}

export function useCreateWorkflow(workspace: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; description: string }) =>
      post('/api/v1/workspaces/{workspace}/workflows', { path: { workspace }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['workflows', workspace] }),
  });
}
