import { Card, Progress as Bar } from 'antd';
import type { Progress } from '../../api/types';
import { formatBytes, formatCount, formatDuration } from '../../components/format';
import { useText } from '../../i18n/text';

/** How far a running attempt is. */
export function ProgressPanel({ progress }: { progress: Progress }) {
  const t = useText();
  const percent = progress.planned === 0 ? 0 : Math.floor((progress.passed / progress.planned) * 100);
  const figures: [string, string][] = [
    [t('receipt.read'), formatCount(progress.read)],
    [t('receipt.written'), formatCount(progress.written)],
    [t('receipt.filtered'), formatCount(progress.filtered)],
    [t('receipt.dirty'), formatCount(progress.dirty)],
    [t('progress.bytes'), formatBytes(progress.bytes)],
    [t('progress.rate'), t('receipt.rate', { n: formatCount(Math.round(progress.recordsPerSecond)) })],
    [t('progress.bytesRate'), t('receipt.bytesRate', { bytes: formatBytes(Math.round(progress.bytesPerSecond)) })],
    [
      t('progress.left'),
      progress.secondsLeft === null ? t('progress.leftUnknown') : formatDuration(progress.secondsLeft * 1000),
    ],
  ];
  return (
    <Card size="small" title={t(`progress.stage.${progress.stage}`)}>
      <Bar percent={percent} status="active" format={() => t('progress.offsets', { passed: formatCount(progress.passed), planned: formatCount(progress.planned) })} />
      <div className="figures">
        {figures.map(([label, value]) => (
          <div key={label}>
            <div className="muted">{label}</div>
            <div className="figure">{value}</div>
          </div>
        ))}
      </div>
    </Card>
  );
}
