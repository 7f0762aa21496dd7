import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, get, post } from './client';
import type { NodeDocument, NodeType, TestRunRequest } from './types';

export interface SavedDraft {
  document: NodeDocument;
  etag: string;
}

export function useNodes(workspace: string) {
  return useQuery({
    queryKey: ['nodes', workspace],
    queryFn: async ({ signal }) => (await get('/api/v1/workspaces/{workspace}/nodes', { path: { workspace }, signal })).items,
  });
}

export function useCreateNode(workspace: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { workflow: string; name: string; type: NodeType }) =>
      post('/api/v1/workspaces/{workspace}/nodes', { path: { workspace }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['nodes', workspace] }),
  });
}

export function useNode(id: number) {
  return useQuery({ queryKey: ['node', id], queryFn: ({ signal }) => get('/api/v1/nodes/{id}', { path: { id }, signal }) });
}

export async function fetchDraft(id: number): Promise<SavedDraft> {
  const { data, etag } = await call('get', '/api/v1/nodes/{id}/draft', { path: { id } });
  return { document: data, etag: etag ?? '' };
}

export function useSavedDraft(id: number) {
  return useQuery({ queryKey: ['draft', id], queryFn: () => fetchDraft(id), refetchOnWindowFocus: false });
}

export function useSaveDraft(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ document, etag }: SavedDraft): Promise<SavedDraft> => {
      const { data, etag: next } = await call('put', '/api/v1/nodes/{id}/draft', { path: { id }, body: document, ifMatch: etag });
      return { document: data, etag: next ?? '' };
    },
    onSuccess: (saved) => {
      queries.setQueryData(['draft', id], saved);
      void queries.invalidateQueries({ queryKey: ['node', id] });
      void queries.invalidateQueries({ queryKey: ['nodes'] });
    },
  });
}

export function useCheckDraft(id: number) {
  return useMutation({ mutationFn: async () => (await post('/api/v1/nodes/{id}/check', { path: { id } })).findings });
}

export function useCommitDraft(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (note: string) => post('/api/v1/nodes/{id}/commit', { path: { id }, body: { note } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['node', id] });
      void queries.invalidateQueries({ queryKey: ['nodes'] });
      void queries.invalidateQueries({ queryKey: ['versions', id] });
      void queries.invalidateQueries({ queryKey: ['candidates'] });
    },
  });
}

export function useNodeVersions(id: number) {
  return useQuery({
    queryKey: ['versions', id],
    queryFn: async ({ signal }) => (await get('/api/v1/nodes/{id}/versions', { path: { id }, signal })).items,
  });
}

/**
 * The coming scheduled times of the document being typed, and on demand its coming year; the last answer stays while the next one
 * is under way.
 */
export function useSchedulePreview(id: number, document: NodeDocument, count: number, outlook = false) {
  const { schedule, parameters, code } = document;
  return useQuery({
    queryKey: ['preview', id, count, outlook, schedule, parameters, code],
    queryFn: ({ signal }) => post('/api/v1/nodes/{id}/preview', { path: { id }, body: { count, document, outlook }, signal }),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
  });
}

/** Runs the node once, by hand; the answer is the instance. */
export function useStartTestRun(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: TestRunRequest) => post('/api/v1/nodes/{id}/test-runs', { path: { id }, body }),
    onSuccess: (instance) => {
      queries.setQueryData(['instance', instance.id], instance);
      void queries.invalidateQueries({ queryKey: ['instances'] });
    },
  });
}

/** Holds the node's instances back in PROD, or lets them go. */
export function useFreezeNode(workspace: string, id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ freeze, ...body }: { freeze: boolean; waiting: boolean; reason: string }) =>
      post(freeze ? '/api/v1/nodes/{id}/freeze' : '/api/v1/nodes/{id}/unfreeze', { path: { id }, body }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['nodes', workspace] });
      void queries.invalidateQueries({ queryKey: ['node', id] });
      void queries.invalidateQueries({ queryKey: ['instances'] });
    },
  });
}
