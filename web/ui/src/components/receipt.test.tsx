import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Receipt } from '../api/types';
import { usePreferences } from '../app/preferences';
import { ReceiptCard } from './ReceiptCard';
import { barShares, proveReceipt } from './receiptSums';

const part = (partition: number, read: number, written: number, filtered: number, dirty: number) => ({
  partition,
  begin: 100,
  end: 100 + read,
  read,
  written,
  filtered,
  dirty,
  minTimestamp: null,
  maxTimestamp: null,
  lateFrom: null,
  late: 0,
});

const good: Receipt = {
  topic: 'orders',
  table: 'tidegate_prod.ods_orders',
  tablePartition: 'ds=2026112210',
  writeMode: 'OVERWRITE',
  windowStart: '2026-11-22T01:00:00Z',
  windowEnd: '2026-11-22T02:00:00Z',
  read: 1500,
  written: 1440,
  filtered: 50,
  filteredBefore: 20,
  filteredAfter: 30,
  dirty: 10,
  bytesRead: 123_456,
  startedAt: '2026-11-22T02:15:01Z',
  finishedAt: '2026-11-22T02:15:05Z',
  recordsPerSecond: 375,
  checksum: '00112233445566aa',
  uploadId: 'u1',
  timings: { reading: 1, mapping: 2, waitingForWriter: 0.5, throttled: 0, sending: 3, waitingForReader: 0.25 },
  partitions: [part(0, 1000, 960, 40, 0), part(1, 500, 480, 10, 10), part(2, 0, 0, 0, 0)],
  topicId: null,
  late: null,
};

describe('the sums of a receipt', () => {
  it('add up', () => {
    expect(proveReceipt(good)).toEqual({
      sums: { offsets: 1500, read: 1500, written: 1440, filtered: 50, dirty: 10 },
      adds: true,
      agrees: true,
      broken: [],
    });
  });

  it('name the partition that does not add up', () => {
    const proof = proveReceipt({ ...good, partitions: [part(0, 1000, 959, 40, 0), part(1, 500, 481, 10, 10)] });
    expect(proof).toMatchObject({ adds: false, agrees: true, broken: [0, 1] });
  });

  it('notice totals that the partitions do not give', () => {
    expect(proveReceipt({ ...good, read: 1501, written: 1441 })).toMatchObject({ adds: true, agrees: false });
  });

  it('scale bars to the longest partition', () => {
    expect(barShares(part(1, 500, 480, 10, 10), 1000)).toEqual({ written: 48, filtered: 1, dirty: 1 });
    expect(barShares(part(1, 0, 0, 0, 0), 0)).toEqual({ written: 0, filtered: 0, dirty: 0 });
  });
});

describe('the receipt card', () => {
  it('shows the equation and the verdict', () => {
    usePreferences.setState({ language: 'en' });
    render(<ReceiptCard receipt={good} />);
    expect(screen.getByText('1,500 = 1,440 + 50 + 10')).toBeDefined();
    expect(screen.getByText('adds up')).toBeDefined();
    expect(screen.getByText('ds=2026112210')).toBeDefined();
  });

  it('says where the time went, if that was measured', () => {
    usePreferences.setState({ language: 'en' });
    const { rerender } = render(<ReceiptCard receipt={good} />);
    expect(screen.getByText(/1.0 s at Kafka, .*Mapping: 2.0 s, .*500 ms waiting for the writer/)).toBeDefined();
    rerender(<ReceiptCard receipt={{ ...good, timings: null }} />);
    expect(screen.queryByText(/at Kafka/)).toBeNull();
  });

  it('raises an alert when it does not add up', () => {
    usePreferences.setState({ language: 'en' });
    render(<ReceiptCard receipt={{ ...good, written: 1441 }} />);
    expect(screen.getByRole('alert').textContent).toContain('does not add up');
  });
});
