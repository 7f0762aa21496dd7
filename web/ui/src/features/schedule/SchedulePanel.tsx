import { DatePicker, InputNumber, Radio, Select } from 'antd';
import dayjs from 'dayjs';
import type { Node } from '../../api/types';
import { FieldRow } from '../../components/FieldRow';
import { useText } from '../../i18n/text';
import type { DraftEditor } from '../node/useDraftEditor';
import { useWorkspace } from '../workspace/workspaceContext';
import { CatchUpFields } from './CatchUpFields';
import { ComingRuns } from './ComingRuns';
import { CycleFields } from './CycleFields';
import { RerunFields } from './RerunFields';

interface Props {
  node: Node;
  editor: DraftEditor;
}

const GENERATIONS = ['NEXT_DAY', 'IMMEDIATE'] as const;
const TYPES = ['NORMAL', 'DRY_RUN', 'PAUSE'] as const;
const day = (text: string | null) => (text ? dayjs(text) : null);

/** When the node runs, and what happens when it fails. */
export function SchedulePanel({ node, editor }: Props) {
  const t = useText();
  const { timeZone, catchUp } = useWorkspace();
  const { schedule, priority, timeoutMinutes } = editor.document;
  const set = (part: Partial<typeof schedule>) => editor.change({ schedule: { ...schedule, ...part } });
  return (
    <div className="form-stack">
      <div className="muted">{t('schedule.zone', { zone: timeZone })}</div>
      <CycleFields cycle={schedule.cycle} onChange={(cycle) => set({ cycle })} />
      <ComingRuns node={node} editor={editor} />
      <FieldRow label={t('schedule.generation')} pointer="/schedule/generation">
        <Radio.Group
          vertical
          value={schedule.generation}
          onChange={(e) => set({ generation: e.target.value as (typeof GENERATIONS)[number] })}
          options={GENERATIONS.map((value) => ({ value, label: t(`generation.${value}`) }))}
        />
      </FieldRow>
      <FieldRow label={t('schedule.validity')} pointer="/schedule/validFrom" hint={t('schedule.validity.hint')}>
        <DatePicker.RangePicker
          allowEmpty={[true, true]}
          value={[day(schedule.validFrom), day(schedule.validTo)]}
          placeholder={[t('schedule.always'), t('schedule.always')]}
          onChange={(range) =>
            set({ validFrom: range?.[0]?.format('YYYY-MM-DD') ?? null, validTo: range?.[1]?.format('YYYY-MM-DD') ?? null })
          }
        />
      </FieldRow>
      <FieldRow label={t('schedule.type')} pointer="/schedule/type">
        <Select
          value={schedule.type}
          onChange={(type) => set({ type })}
          options={TYPES.map((value) => ({ value, label: `${t(`schedulingType.${value}`)} – ${t(`schedulingType.${value}.hint`)}` }))}
        />
      </FieldRow>
      <CatchUpFields
        value={schedule.catchUp ?? null}
        inherited={catchUp}
        pointer="/schedule/catchUp"
        onChange={(own) => set({ catchUp: own })}
      />
      <RerunFields rerun={editor.document.rerun} onChange={(rerun) => editor.change({ rerun })} />
      <div className="field-pair">
        <FieldRow label={t('schedule.priority')} pointer="/priority" hint={t('schedule.priority.hint')}>
          <InputNumber min={1} max={8} precision={0} value={priority} onChange={(n) => n !== null && editor.change({ priority: n })} />
        </FieldRow>
        <FieldRow label={t('schedule.timeout')} pointer="/timeoutMinutes" hint={t('schedule.timeout.hint')}>
          <InputNumber
            min={1}
            precision={0}
            value={timeoutMinutes}
            placeholder={t('schedule.noTimeout')}
            onChange={(n) => editor.change({ timeoutMinutes: n })}
          />
        </FieldRow>
      </div>
    </div>
  );
}
