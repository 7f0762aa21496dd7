import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, put } from './client';
import type { components } from './schema';
import type { Environment, NewDataSource } from './types';

const ALL = '/api/v1/workspaces/{workspace}/data-sources';
const ONE = '/api/v1/workspaces/{workspace}/data-sources/{name}';

export function useDataSources(workspace: string) {
  return useQuery({
    queryKey: ['dataSources', workspace],
    queryFn: async ({ signal }) => (await get(ALL, { path: { workspace }, signal })).items,
  });
}

export function useCreateDataSource(workspace: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewDataSource) => post(ALL, { path: { workspace }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['dataSources', workspace] }),
  });
}

export function useUpdateDataSource(workspace: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ name, ...body }: { name: string } & components['schemas']['DataSourceUpdate']) =>
      put(ONE, { path: { workspace, name }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['dataSources', workspace] }),
  });
}

export function useTestConnectivity(workspace: string) {
  return useMutation({
    mutationFn: ({ name, environment }: { name: string; environment: Environment }) =>
      post(`${ONE}/connectivity`, { path: { workspace, name }, body: { environment } }),
  });
}

export function useTopics(workspace: string, name: string, environment: Environment) {
  return useQuery({
    queryKey: ['topics', workspace, name, environment],
    queryFn: async ({ signal }) => (await get(`${ONE}/topics`, { path: { workspace, name }, query: { environment }, signal })).items,
    enabled: name !== '',
    retry: false,
    staleTime: 30_000,
  });
}

export function useTables(workspace: string, name: string, environment: Environment) {
  return useQuery({
    queryKey: ['tables', workspace, name, environment],
    queryFn: async ({ signal }) => (await get(`${ONE}/tables`, { path: { workspace, name }, query: { environment }, signal })).items,
    enabled: name !== '',
    retry: false,
    staleTime: 30_000,
  });
}

export function useTable(workspace: string, name: string, table: string, environment: Environment) {
  return useQuery({
    queryKey: ['table', workspace, name, table, environment],
    queryFn: ({ signal }) => get(`${ONE}/tables/{table}`, { path: { workspace, name, table }, query: { environment }, signal }),
    enabled: name !== '' && table !== '',
    retry: false,
    staleTime: 30_000,
  });
}

/** The CREATE TABLE statement that fits a topic; nothing is made. */
export function useGenerateTableSchema(workspace: string, name: string) {
  return useMutation({
    mutationFn: (body: { topic: string; columns?: string[] }) => post(`${ONE}/table-schema`, { path: { workspace, name }, body }),
  });
}

export function useCreateTable(workspace: string, name: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { environment: Environment; ddl: string }) => post(`${ONE}/tables`, { path: { workspace, name }, body }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['tables', workspace, name] });
      void queries.invalidateQueries({ queryKey: ['table', workspace, name] });
    },
  });
}
