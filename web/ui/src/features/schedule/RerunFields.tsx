import { InputNumber, Radio, Switch } from 'antd';
import type { NodeDocument } from '../../api/types';
import { FieldRow } from '../../components/FieldRow';
import { useText } from '../../i18n/text';

type Rerun = NodeDocument['rerun'];

const PROPERTIES = ['ALLOWED', 'FAILURE_ONLY', 'DENIED'] as const;

export function RerunFields({ rerun, onChange }: { rerun: Rerun; onChange: (rerun: Rerun) => void }) {
  const t = useText();
  const denied = rerun.property === 'DENIED';
  const choose = (property: Rerun['property']) =>
    // A node that may not be rerun is not rerun by itself either.
    onChange({ ...rerun, property, autoRerun: property === 'DENIED' ? false : rerun.autoRerun });
  return (
    <>
      <FieldRow label={t('rerun.property')} pointer="/rerun/property">
        <Radio.Group
          vertical
          value={rerun.property}
          onChange={(e) => choose(e.target.value as Rerun['property'])}
          options={PROPERTIES.map((value) => ({ value, label: t(`rerun.${value}`) }))}
        />
      </FieldRow>
      <FieldRow label={t('rerun.auto')} pointer="/rerun/autoRerun">
        <Switch
          checked={rerun.autoRerun}
          disabled={denied}
          title={denied ? t('rerun.autoDenied') : undefined}
          aria-label={t('rerun.auto')}
          onChange={(autoRerun) => onChange({ ...rerun, autoRerun })}
        />
      </FieldRow>
      {rerun.autoRerun && (
        <div className="field-pair">
          <FieldRow label={t('rerun.count')} pointer="/rerun/count">
            <InputNumber min={1} max={10} precision={0} value={rerun.count} onChange={(count) => count !== null && onChange({ ...rerun, count })} />
          </FieldRow>
          <FieldRow label={t('rerun.interval')} pointer="/rerun/intervalMinutes">
            <InputNumber
              min={1}
              max={30}
              precision={0}
              value={rerun.intervalMinutes}
              onChange={(intervalMinutes) => intervalMinutes !== null && onChange({ ...rerun, intervalMinutes })}
            />
          </FieldRow>
        </div>
      )}
    </>
  );
}
