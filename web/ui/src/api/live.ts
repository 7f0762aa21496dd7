import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { urlOf } from './client';
import type { InstanceDetail, LogEvent } from './types';

export type LiveState = 'connecting' | 'open' | 'lost';

type Listeners = Record<string, (data: unknown) => void>;

/** Listens to server-sent events while mounted. The browser connects again by itself. */
function useEvents(url: string | null, listeners: Listeners): LiveState {
  const [state, setState] = useState<LiveState>('connecting');
  const deliver = useEffectEvent((name: string, text: string) => {
    listeners[name]?.(JSON.parse(text));
  });
  const names = Object.keys(listeners).join(' ');
  useEffect(() => {
    if (url === null || typeof EventSource === 'undefined') return undefined;
    const source = new EventSource(url);
    source.addEventListener('open', () => setState('open'));
    source.addEventListener('error', () => setState('lost'));
    for (const name of names.split(' ')) {
      source.addEventListener(name, (event) => deliver(name, (event as MessageEvent<string>).data));
    }
    return () => source.close();
  }, [url, names]);
  return state;
}

/** Asks again for the lists when instances of the workspace have changed. */
export function useLiveInstances(workspace: string): LiveState {
  const queries = useQueryClient();
  return useEvents(urlOf('/api/v1/workspaces/{workspace}/instances/stream', { workspace }), {
    changed: () => void queries.invalidateQueries({ queryKey: ['instances', workspace] }, { cancelRefetch: false }),
  });
}

/** Keeps one instance current and hands over the lines of its newest attempt. */
export function useLiveInstance(id: number, onLog: (event: LogEvent) => void): LiveState {
  const queries = useQueryClient();
  return useEvents(urlOf('/api/v1/instances/{id}/stream', { id }), {
    instance: (detail) => queries.setQueryData(['instance', id], detail as InstanceDetail),
    log: (event) => onLog(event as LogEvent),
  });
}
