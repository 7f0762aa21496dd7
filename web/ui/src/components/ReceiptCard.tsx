import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { Card, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import type { PartitionReceipt, Receipt, Timings } from '../api/types';
import { useText } from '../i18n/text';
import { formatBytes, formatCount, formatDuration } from './format';
import { PartitionTag } from './PartitionTag';
import { barShares, proveReceipt, type ReceiptProof } from './receiptSums';
import { WindowText } from './WindowText';

/**
 * What a copy read and wrote: a bar for each Kafka partition, then the sum that must add up.
 *
 * @param late what it found of older windows, where the page has something to say of it
 */
export function ReceiptCard({ receipt, late }: { receipt: Receipt; late?: ReactNode }) {
  const t = useText();
  const proof = proveReceipt(receipt);
  const longest = Math.max(0, ...receipt.partitions.map((p) => p.read));
  const millis = new Date(receipt.finishedAt).getTime() - new Date(receipt.startedAt).getTime();
  return (
    <Card size="small" className="receipt" title={t('receipt.title')} extra={<Verdict proof={proof} />}>
      <div className="receipt-head">
        <span className="mono">{receipt.topic}</span>
        {receipt.windowStart && receipt.windowEnd && <WindowText start={receipt.windowStart} end={receipt.windowEnd} />}
        <span aria-hidden>→</span>
        <span className="mono">{receipt.table}</span>
        {receipt.tablePartition && <PartitionTag partition={receipt.tablePartition} />}
        <span className="muted">{t(`receipt.mode.${receipt.writeMode}`)}</span>
      </div>
      <table className="receipt-table">
        <thead>
          <tr>
            <th>{t('receipt.partition')}</th>
            <th>{t('receipt.offsets')}</th>
            <th className="receipt-bar-column">
              <Legend />
            </th>
            <th className="number">{t('receipt.read')}</th>
            <th className="number">{t('receipt.written')}</th>
            <th className="number">{t('receipt.filtered')}</th>
            <th className="number">{t('receipt.dirty')}</th>
          </tr>
        </thead>
        <tbody>
          {receipt.partitions.map((p) => (
            <PartitionLine key={p.partition} partition={p} longest={longest} broken={proof.broken.includes(p.partition)} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>{t('receipt.sum')}</td>
            <td className="mono">{formatCount(proof.sums.offsets)}</td>
            <td className="receipt-equation mono">
              {t('receipt.equation', {
                read: formatCount(receipt.read),
                written: formatCount(receipt.written),
                filtered: formatCount(receipt.filtered),
                dirty: formatCount(receipt.dirty),
              })}
            </td>
            <td className="number">{formatCount(proof.sums.read)}</td>
            <td className="number">{formatCount(proof.sums.written)}</td>
            <td className="number">{formatCount(proof.sums.filtered)}</td>
            <td className="number">{formatCount(proof.sums.dirty)}</td>
          </tr>
        </tfoot>
      </table>
      <div className="receipt-foot muted">
        <span>{formatBytes(receipt.bytesRead)}</span>
        <span>{formatDuration(millis)}</span>
        <span>{t('receipt.rate', { n: formatCount(Math.round(receipt.recordsPerSecond)) })}</span>
        {receipt.filtered > 0 && (
          <span>{t('receipt.outside', { before: formatCount(receipt.filteredBefore), after: formatCount(receipt.filteredAfter) })}</span>
        )}
        {late}
        <span className="mono">{t('receipt.checksum', { sum: receipt.checksum })}</span>
        {receipt.timings && <span>{t('receipt.timings', inSeconds(receipt.timings))}</span>}
      </div>
    </Card>
  );
}

const text = (seconds: number) => formatDuration(seconds * 1000);

function inSeconds(timings: Timings) {
  return {
    reading: text(timings.reading),
    mapping: text(timings.mapping),
    waitingForWriter: text(timings.waitingForWriter),
    throttled: text(timings.throttled),
    sending: text(timings.sending),
    waitingForReader: text(timings.waitingForReader),
    waitingForMapper: text(timings.waitingForMapper ?? 0),
    waitingForRecords: text(timings.waitingForRecords ?? 0),
  };
}

function Verdict({ proof }: { proof: ReceiptProof }) {
  const t = useText();
  return proof.adds && proof.agrees ? (
    <span className="verdict-good">
      <CheckCircleFilled /> {t('receipt.adds')}
    </span>
  ) : (
    <span className="verdict-bad" role="alert">
      <CloseCircleFilled /> {t('receipt.doesNotAdd')}
    </span>
  );
}

function Legend() {
  const t = useText();
  return (
    <span className="receipt-legend">
      <i className="bar-written" /> {t('receipt.written')}
      <i className="bar-filtered" /> {t('receipt.filtered')}
      <i className="bar-dirty" /> {t('receipt.dirty')}
    </span>
  );
}

function PartitionLine({ partition: p, longest, broken }: { partition: PartitionReceipt; longest: number; broken: boolean }) {
  const t = useText();
  const shares = barShares(p, longest);
  return (
    <tr className={broken ? 'receipt-broken' : undefined}>
      <td>{p.partition}</td>
      <td className="mono nowrap">{`[${formatCount(p.begin)}, ${formatCount(p.end)})`}</td>
      <td>
        <Tooltip title={p.end === p.begin ? t('receipt.nothing') : undefined}>
          <div className="receipt-bar">
            <i className="bar-written" style={{ width: `${shares.written}%` }} />
            <i className="bar-filtered" style={{ width: `${shares.filtered}%` }} />
            <i className="bar-dirty" style={{ width: `${shares.dirty}%` }} />
          </div>
        </Tooltip>
      </td>
      <td className="number">{formatCount(p.read)}</td>
      <td className="number">{formatCount(p.written)}</td>
      <td className="number">{formatCount(p.filtered)}</td>
      <td className="number">{formatCount(p.dirty)}</td>
    </tr>
  );
}
