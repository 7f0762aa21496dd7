import { InputNumber, Radio, Switch } from 'antd';
import { FieldRow } from '../../components/FieldRow';
import { pointerOfPath, valueAt } from '../../components/scriptText';
import { useText } from '../../i18n/text';
import type { SyncPartProps } from './SyncForm';
import { switchAt, switchValue, textAt } from './syncDocument';

const CONCURRENT = ['setting', 'speed', 'concurrent'];
const THROTTLE = ['setting', 'speed', 'throttle'];
const MBPS = ['setting', 'speed', 'mbps'];
const DIRTY_LIMIT = ['setting', 'errorLimit', 'record'];

function numberAt(text: string): number | null {
  const n = Number(text);
  return text === '' || Number.isNaN(n) ? null : n;
}

export function ChannelForm({ document, put }: SyncPartProps) {
  const t = useText();
  const limit = textAt(document, DIRTY_LIMIT);
  const throttled = switchAt(document, THROTTLE, false);
  // DataWorks writes the limit as a string; a number stays a number.
  const limitValue = (n: number) => (typeof valueAt(document.value, DIRTY_LIMIT) === 'number' ? n : String(n));
  return (
    <div className="channel-form">
      <FieldRow label={t('sync.concurrency')} pointer={pointerOfPath(CONCURRENT)} hint={t('sync.concurrency.hint')}>
        <InputNumber
          min={1}
          max={32}
          aria-label={t('sync.concurrency')}
          value={numberAt(textAt(document, CONCURRENT)) ?? 3}
          onChange={(n) => n !== null && put([CONCURRENT, n])}
        />
      </FieldRow>
      <FieldRow label={t('sync.throttle')} pointer={pointerOfPath(MBPS)}>
        <span className="inline-controls">
          <Switch
            aria-label={t('sync.throttle')}
            checked={throttled}
            onChange={(on) =>
              put([THROTTLE, switchValue(document, THROTTLE, on)], [MBPS, on ? (numberAt(textAt(document, MBPS)) ?? 10) : undefined])
            }
          />
          {throttled && (
            <InputNumber
              min={1}
              suffix="MB/s"
              aria-label={t('sync.throttle.limit')}
              value={numberAt(textAt(document, MBPS))}
              onChange={(n) => n !== null && put([MBPS, n])}
            />
          )}
        </span>
      </FieldRow>
      <FieldRow label={t('sync.dirty')} pointer={pointerOfPath(DIRTY_LIMIT)} hint={t('sync.dirty.hint')}>
        <span className="inline-controls">
          <Radio.Group
            value={limit === '' ? 'any' : limit === '0' ? 'none' : 'some'}
            onChange={(e) => {
              const choice = e.target.value as 'any' | 'none' | 'some';
              put([DIRTY_LIMIT, choice === 'any' ? undefined : limitValue(choice === 'none' ? 0 : 100)]);
            }}
            options={[
              { value: 'none', label: t('sync.dirty.none') },
              { value: 'some', label: t('sync.dirty.some') },
              { value: 'any', label: t('sync.dirty.any') },
            ]}
          />
          {limit !== '' && limit !== '0' && (
            <InputNumber min={1} aria-label={t('sync.dirty')} value={numberAt(limit)} onChange={(n) => n !== null && put([DIRTY_LIMIT, limitValue(n)])} />
          )}
        </span>
      </FieldRow>
    </div>
  );
}
