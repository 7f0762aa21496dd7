import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { App } from 'antd';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InstanceDetail } from '../../api/types';
import { usePreferences } from '../../app/preferences';
import { InstanceActions } from './InstanceActions';

const instance = {
  id: 41,
  nodeName: 'orders',
  scheduledTime: '2026-11-22T02:00:00Z',
  timeZone: 'Asia/Shanghai',
  state: 'FAILED',
  priority: 1,
  receipt: null,
  parents: [],
  operations: [
    { operation: 'RERUN', refusal: null },
    { operation: 'STOP', refusal: 'It is over already.' },
    { operation: 'SET_SUCCESS', refusal: null },
  ],
} as unknown as InstanceDetail;

// Looking for roles in a whole dialog is slow on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => usePreferences.setState({ language: 'en' }));
afterEach(() => vi.unstubAllGlobals());

function show() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <App>
          <InstanceActions instance={instance} />
        </App>
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

describe('the buttons of an instance', () => {
  it('are disabled where the server says no', () => {
    show();
    expect((screen.getByText('Stop').closest('button') as HTMLButtonElement).disabled).toBe(true);
    expect((screen.getByText('Rerun').closest('button') as HTMLButtonElement).disabled).toBe(false);
  });

  it('ask once, say what will be touched, and send the reason', async () => {
    const asked = vi.fn(async () => new Response(JSON.stringify(instance), { headers: { 'Content-Type': 'application/json' } }));
    vi.stubGlobal('fetch', asked);
    show();
    fireEvent.click(screen.getByText('Set success'));
    expect(await screen.findByText(/Copies nothing: the partition stays as it is/, {}, { timeout: 20_000 })).toBeDefined();
    expect(screen.getByText('Set success: orders of 2026-11-22 10:00')).toBeDefined();
    expect(asked).not.toHaveBeenCalled();
    fireEvent.change(document.querySelector('input') as HTMLInputElement, { target: { value: ' known ' } });
    fireEvent.click(screen.getAllByText('Set success').at(-1) as HTMLElement);
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(1), { timeout: 20_000 });
    const [url, request] = asked.mock.calls[0] as unknown as [string, RequestInit];
    expect(url).toContain('/api/v1/instances/41/set-success');
    expect(JSON.parse(String(request.body))).toEqual({ reason: 'known' });
  });

  it('show the sentence of a refusal and keep what was typed', async () => {
    const problem = { type: '/problems/conflict', title: 'Conflict', status: 409, detail: 'It is running: wait for its end, or stop it first.' };
    vi.stubGlobal(
      'fetch',
      vi.fn(async () => new Response(JSON.stringify(problem), { status: 409, headers: { 'Content-Type': 'application/problem+json' } })),
    );
    show();
    fireEvent.click(screen.getByText('Rerun'));
    await screen.findByText(/with a new offset plan/, {}, { timeout: 20_000 });
    fireEvent.change(document.querySelector('input') as HTMLInputElement, { target: { value: 'late' } });
    fireEvent.click(screen.getAllByText('Rerun').at(-1) as HTMLElement);
    expect(await screen.findByText('It is running: wait for its end, or stop it first.', {}, { timeout: 20_000 })).toBeDefined();
    expect((document.querySelector('input') as HTMLInputElement).value).toBe('late');
  });
});
