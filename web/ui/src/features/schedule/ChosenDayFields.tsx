import { Checkbox, Select } from 'antd';
import type { Cycle } from '../../api/types';
import { FieldRow } from '../../components/FieldRow';
import { useText } from '../../i18n/text';
import { WEEKDAYS } from './cycles';

interface Props<C extends Cycle> {
  cycle: C;
  onChange: (cycle: C) => void;
}

type MonthCycle = Extract<Cycle, { type: 'MONTH' }>;
type YearCycle = Extract<Cycle, { type: 'YEAR' }>;

const DAYS = Array.from({ length: 31 }, (_, i) => i + 1);
const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);
const ascending = (numbers: number[]) => numbers.toSorted((a, b) => a - b);

export function ChosenWeekdays({ cycle, onChange }: Props<Extract<Cycle, { type: 'WEEK' }>>) {
  const t = useText();
  return (
    <FieldRow label={t('schedule.runEvery')} pointer="/schedule/cycle/days" hint={t('schedule.otherDays')}>
      <Checkbox.Group
        value={cycle.days}
        options={WEEKDAYS.map((value) => ({ value, label: t(`weekday.${value}`) }))}
        onChange={(days) => onChange({ ...cycle, days: WEEKDAYS.filter((day) => days.includes(day)) })}
      />
    </FieldRow>
  );
}

export function ChosenMonths({ cycle, onChange }: Props<YearCycle>) {
  const t = useText();
  return (
    <FieldRow label={t('schedule.months')} pointer="/schedule/cycle/months">
      <Select
        mode="multiple"
        aria-label={t('schedule.months')}
        value={cycle.months}
        options={MONTHS.map((value) => ({ value, label: t('schedule.month', { n: value }) }))}
        onChange={(months: number[]) => onChange({ ...cycle, months: ascending(months) })}
      />
    </FieldRow>
  );
}

export function ChosenDays<C extends MonthCycle | YearCycle>({ cycle, onChange }: Props<C>) {
  const t = useText();
  return (
    <FieldRow label={t('schedule.runEvery')} pointer="/schedule/cycle/days" hint={t('schedule.otherDays')}>
      <Select
        mode="multiple"
        aria-label={t('schedule.runEvery')}
        value={cycle.days}
        options={DAYS.map((value) => ({ value, label: t('schedule.day', { n: value }) }))}
        onChange={(days: number[]) => onChange({ ...cycle, days: ascending(days) })}
      />
      <Checkbox checked={cycle.lastDay} onChange={(e) => onChange({ ...cycle, lastDay: e.target.checked })}>
        {t('schedule.lastDay')}
      </Checkbox>
    </FieldRow>
  );
}
