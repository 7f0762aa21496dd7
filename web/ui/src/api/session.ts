import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, del, post, setCsrfToken } from './client';
import { ProblemError } from './problem';
import type { components } from './schema';

export type Session = components['schemas']['Session'];

const KEY = ['session'];

/** Who is signed in; null when nobody is. */
export function useSession() {
  return useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }): Promise<Session | null> => {
      try {
        const { data } = await call('get', '/api/v1/session', { signal });
        setCsrfToken(data.csrfToken);
        return data;
      } catch (error) {
        if (error instanceof ProblemError && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: 5 * 60_000,
  });
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; password: string }) => post('/api/v1/session', { body }),
    onSuccess: (session) => {
      setCsrfToken(session.csrfToken);
      queries.setQueryData(KEY, session);
    },
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => del('/api/v1/session', {}),
    onSuccess: () => {
      queries.clear();
      queries.setQueryData(KEY, null);
    },
  });
}
