import { Tooltip } from 'antd';
import { useText, type MessageKey } from '../i18n/text';
import { ago, formatInstant, type Ago, type Precision } from './format';
import { useZone } from './zone';

const AGO: Record<Ago['unit'], [MessageKey, MessageKey]> = {
  second: ['time.secondsAgo', 'time.inSeconds'],
  minute: ['time.minutesAgo', 'time.inMinutes'],
  hour: ['time.hoursAgo', 'time.inHours'],
  day: ['time.daysAgo', 'time.inDays'],
};

/** An instant in the workspace's zone; the hover gives UTC and the distance. */
export function InstantText({ at, precision = 'minute' }: { at: string | null | undefined; precision?: Precision }) {
  const t = useText();
  const zone = useZone();
  if (!at) return <span className="muted">{t('common.none')}</span>;
  const distance = ago(at, Date.now());
  const relative = t(AGO[distance.unit][distance.future ? 1 : 0], { n: distance.count });
  return (
    <Tooltip title={`${formatInstant(at, 'UTC', 'second')} UTC · ${relative}`}>
      <time dateTime={at} className="nowrap">
        {formatInstant(at, zone, precision)}
      </time>
    </Tooltip>
  );
}
