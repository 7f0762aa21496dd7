import { InputNumber, Radio, Segmented, Select } from 'antd';
import type { Cycle } from '../../api/types';
import { FieldRow } from '../../components/FieldRow';
import { useText } from '../../i18n/text';
import { ChosenDays, ChosenMonths, ChosenWeekdays } from './ChosenDayFields';
import { CYCLE_TYPES, hourMode, newCycle, type CycleType, type HourMode } from './cycles';
import { TimeOfDayInput } from './TimeOfDayInput';

interface Props<C extends Cycle = Cycle> {
  cycle: C;
  onChange: (cycle: Cycle) => void;
}

const AT = '/schedule/cycle';
const TIME = /^([01]?\d|2[0-3]):[0-5]\d$/;

export function CycleFields({ cycle, onChange }: Props) {
  const t = useText();
  return (
    <>
      <FieldRow label={t('schedule.cycle')} pointer={`${AT}/type`}>
        <Segmented
          block
          value={cycle.type}
          onChange={(type) => onChange(newCycle(type as CycleType))}
          options={CYCLE_TYPES.map((value) => ({ value, label: t(`cycle.${value}`) }))}
        />
      </FieldRow>
      <OptionsOf cycle={cycle} onChange={onChange} />
    </>
  );
}

function OptionsOf({ cycle, onChange }: Props) {
  const t = useText();
  switch (cycle.type) {
    case 'MINUTE':
      return <Span cycle={cycle} onChange={onChange} max={59} unit={t('schedule.minutes')} />;
    case 'HOUR':
      return <HourOptions cycle={cycle} onChange={onChange} />;
    case 'DAY':
      return <RunAt cycle={cycle} onChange={onChange} />;
    case 'WEEK':
      return (
        <>
          <ChosenWeekdays cycle={cycle} onChange={onChange} />
          <RunAt cycle={cycle} onChange={onChange} />
        </>
      );
    case 'MONTH':
      return (
        <>
          <ChosenDays cycle={cycle} onChange={onChange} />
          <RunAt cycle={cycle} onChange={onChange} />
        </>
      );
    case 'YEAR':
      return (
        <>
          <ChosenMonths cycle={cycle} onChange={onChange} />
          <ChosenDays cycle={cycle} onChange={onChange} />
          <RunAt cycle={cycle} onChange={onChange} />
        </>
      );
  }
}

function RunAt({ cycle, onChange }: Props<Exclude<Cycle, { type: 'MINUTE' | 'HOUR' }>>) {
  const t = useText();
  return (
    <FieldRow label={t('schedule.runAt')} pointer={`${AT}/runAt`}>
      <TimeOfDayInput label={t('schedule.runAt')} value={cycle.runAt} onChange={(runAt) => onChange({ ...cycle, runAt })} />
    </FieldRow>
  );
}

function HourOptions({ cycle, onChange }: Props<Extract<Cycle, { type: 'HOUR' }>>) {
  const t = useText();
  const mode = hourMode(cycle);
  const choose = (next: HourMode) => onChange(next === 'times' ? { type: 'HOUR', times: [cycle.startFrom ?? '00:15'] } : newCycle('HOUR'));
  return (
    <>
      <Radio.Group
        value={mode}
        onChange={(e) => choose(e.target.value as HourMode)}
        options={[
          { value: 'interval', label: t('schedule.byInterval') },
          { value: 'times', label: t('schedule.byTimes') },
        ]}
      />
      {mode === 'interval' ? (
        <Span cycle={cycle} onChange={onChange} max={23} unit={t('schedule.hours')} />
      ) : (
        <FieldRow label={t('schedule.times')} pointer={`${AT}/times`} below hint={t('schedule.times.hint')}>
          <Select
            mode="tags"
            aria-label={t('schedule.times')}
            value={cycle.times ?? []}
            tokenSeparators={[',', ' ']}
            options={Array.from({ length: 24 }, (_, h) => ({ value: `${String(h).padStart(2, '0')}:15` }))}
            onChange={(times: string[]) =>
              onChange({ type: 'HOUR', times: [...new Set(times.filter((x) => TIME.test(x)).map((x) => x.padStart(5, '0')))].toSorted() })
            }
          />
        </FieldRow>
      )}
    </>
  );
}

function Span({ cycle, onChange, max, unit }: Props<Extract<Cycle, { type: 'MINUTE' | 'HOUR' }>> & { max: number; unit: string }) {
  const t = useText();
  return (
    <div className="field-triple">
      <FieldRow label={t('schedule.startFrom')} pointer={`${AT}/startFrom`}>
        <TimeOfDayInput label={t('schedule.startFrom')} value={cycle.startFrom} onChange={(startFrom) => onChange({ ...cycle, startFrom })} />
      </FieldRow>
      <FieldRow label={t('schedule.interval', { unit })} pointer={`${AT}/interval`}>
        <InputNumber
          min={1}
          max={max}
          precision={0}
          aria-label={t('schedule.interval', { unit })}
          value={cycle.interval ?? null}
          onChange={(interval) => interval !== null && onChange({ ...cycle, interval })}
        />
      </FieldRow>
      <FieldRow label={t('schedule.endAt')} pointer={`${AT}/endAt`}>
        <TimeOfDayInput label={t('schedule.endAt')} value={cycle.endAt} onChange={(endAt) => onChange({ ...cycle, endAt })} />
      </FieldRow>
    </div>
  );
}
