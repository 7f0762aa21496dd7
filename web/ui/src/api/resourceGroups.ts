import { useQuery } from '@tanstack/react-query';
import { get } from './client';

export function useResourceGroups(workspace: string) {
  return useQuery({
    queryKey: ['resourceGroups', workspace],
    queryFn: async ({ signal }) => (await get('/api/v1/workspaces/{workspace}/resource-groups', { path: { workspace }, signal })).items,
  });
}
