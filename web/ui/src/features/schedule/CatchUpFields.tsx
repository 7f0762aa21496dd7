import { InputNumber, Select } from 'antd';
import type { CatchUp } from '../../api/types';
import { FieldRow } from '../../components/FieldRow';
import { useText } from '../../i18n/text';

interface Props {
  value: CatchUp | null;
  /** What counts where nothing is chosen; absent where something must be. */
  inherited?: CatchUp;
  pointer: string;
  onChange: (value: CatchUp | null) => void;
}

const POLICIES = ['ALL', 'LATEST', 'NONE'] as const;

/** What becomes of times that passed while nothing ran. */
export function CatchUpFields({ value, inherited, pointer, onChange }: Props) {
  const t = useText();
  const choose = (policy: CatchUp['policy'] | 'INHERIT') =>
    onChange(policy === 'INHERIT' ? null : { policy, maxAgeMinutes: value?.maxAgeMinutes ?? null });
  const options: { value: CatchUp['policy'] | 'INHERIT'; label: string }[] = POLICIES.map((policy) => ({
    value: policy,
    label: t(`catchUp.${policy}`),
  }));
  if (inherited) options.unshift({ value: 'INHERIT', label: t('catchUp.inherit', { policy: t(`catchUp.${inherited.policy}`) }) });
  return (
    <div className="field-pair">
      <FieldRow label={t('catchUp.title')} pointer={pointer} hint={t('catchUp.hint')}>
        <Select aria-label={t('catchUp.title')} value={value?.policy ?? 'INHERIT'} onChange={choose} options={options} />
      </FieldRow>
      {value && (
        <FieldRow label={t('catchUp.maxAge')} pointer={`${pointer}/maxAgeMinutes`} hint={t('catchUp.maxAge.hint')}>
          <InputNumber
            min={1}
            max={527040}
            precision={0}
            aria-label={t('catchUp.maxAge')}
            placeholder={t('catchUp.noMaxAge')}
            value={value.maxAgeMinutes ?? null}
            onChange={(maxAgeMinutes) => onChange({ ...value, maxAgeMinutes })}
          />
        </FieldRow>
      )}
    </div>
  );
}
