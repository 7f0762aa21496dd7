import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { App } from 'antd';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InstanceDetail, LateSummary, Workspace } from '../../api/types';
import { usePreferences } from '../../app/preferences';
import { WorkspaceProvider } from '../workspace/workspaceContext';
import { lateFilterOf, writeLateFilter } from './lateFilter';
import { LateNotice } from './LateNotice';

const late: LateSummary = {
  missing: 1203,
  repaired: 0,
  included: 0,
  since: '2026-11-22T02:20:00Z',
  repairable: true,
  partitions: [
    { partition: 0, records: 1200, firstOffset: 4000, lastOffset: 5300 },
    { partition: 2, records: 3, firstOffset: 17, lastOffset: 17 },
  ],
  foundBy: [{ id: 77, nodeName: 'orders', scheduledLocal: '2026-11-22T11:15:00', state: 'SUCCESS' }],
};

const instance = (summary: LateSummary | null, refusal: string | null = null) =>
  ({ id: 41, nodeName: 'orders', state: 'SUCCESS', late: summary, receipt: null, operations: [{ operation: 'RERUN', refusal }] }) as unknown as InstanceDetail;

function show(node: ReactNode) {
  return render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <App>
          <WorkspaceProvider value={{ name: 'shop', mode: 'STANDARD', timeZone: 'Asia/Shanghai' } as Workspace}>{node}</WorkspaceProvider>
        </App>
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

// Looking for roles in a whole dialog is slow on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => usePreferences.setState({ language: 'en' }));
afterEach(() => vi.unstubAllGlobals());

describe('the notice of late records', () => {
  it('says how many a window lacks, where they are and who found them', () => {
    show(<LateNotice instance={instance(late)} />);
    expect(screen.getByText('1,203 records that belong to this window arrived after it was copied')).toBeDefined();
    expect(screen.getByText('partition 0: 1,200 at offsets 4,000 to 5,300')).toBeDefined();
    expect(screen.getByText('partition 2: 3 at offset 17')).toBeDefined();
    expect(screen.getByRole('link', { name: '2026-11-22 11:15' }).getAttribute('href')).toBe('/w/shop/ops/instances/77');
  });

  it('asks once, names what it will touch, and reruns', async () => {
    const asked = vi.fn(async () => new Response(JSON.stringify(instance({ ...late, missing: 0, repaired: 1203 })), { headers: { 'Content-Type': 'application/json' } }));
    vi.stubGlobal('fetch', asked);
    show(<LateNotice instance={instance(late)} />);
    fireEvent.click(screen.getByText('Rerun to include them'));
    expect(await screen.findByText(/Nodes that have read the partition since are not run again/, {}, { timeout: 20_000 })).toBeDefined();
    expect(asked).not.toHaveBeenCalled();
    const buttons = screen.getAllByText('Rerun to include them');
    expect(buttons).toHaveLength(2);
    fireEvent.click(buttons[1] as HTMLElement);
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(1), { timeout: 20_000 });
    expect(String((asked.mock.calls[0] as unknown[])[0])).toContain('/api/v1/instances/41/repair');
  });

  it('offers no rerun that would double rows, or that the state does not allow', () => {
    const { unmount } = show(<LateNotice instance={instance({ ...late, repairable: false })} />);
    expect((screen.getByRole('button') as HTMLButtonElement).disabled).toBe(true);
    unmount();
    show(<LateNotice instance={instance(late, 'It is running.')} />);
    expect((screen.getByRole('button') as HTMLButtonElement).disabled).toBe(true);
  });

  it('tells of what was repaired, and is silent where there was nothing', () => {
    const { unmount } = show(<LateNotice instance={instance({ ...late, missing: 0, repaired: 5, partitions: [], foundBy: [], since: null })} />);
    expect(screen.getByText('5 records arrived after this window was first copied; a rerun has included them')).toBeDefined();
    expect(screen.queryByRole('button')).toBeNull();
    unmount();
    show(<LateNotice instance={instance(null)} />);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('the filter of late records', () => {
  it.each(['', 'environment=DEV', 'node=7', 'environment=DEV&node=7&open=true'])('keeps "%s" through the address', (query) => {
    expect(writeLateFilter(lateFilterOf(new URLSearchParams(query))).toString()).toBe(query);
  });

  it('leaves out what it does not understand', () => {
    expect(lateFilterOf(new URLSearchParams('environment=X&node=-1&open=1'))).toEqual({ environment: 'PROD', node: undefined, open: false });
  });
});
