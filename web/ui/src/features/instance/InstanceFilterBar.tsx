import { Button, DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import { useNodes } from '../../api/nodes';
import { INSTANCE_STATES, ORIGINS, type Environment } from '../../api/types';
import { StateTag } from '../../components/StateTag';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';
import type { ListFilter } from './instanceFilter';

interface Props {
  filter: ListFilter;
  onChange: (filter: ListFilter) => void;
}

export function InstanceFilterBar({ filter, onChange }: Props) {
  const t = useText();
  const workspace = useWorkspace();
  const nodes = useNodes(workspace.name);
  const { node: _node, origin: _origin, date: _date, originKey: _key, ...rest } = filter;
  const narrowed = filter.states.length > 0 || _node !== undefined || _origin !== undefined || _date !== undefined || _key !== undefined;
  const without = (name: 'node' | 'origin' | 'date' | 'originKey'): ListFilter => {
    const { [name]: _, ...kept } = filter;
    return kept as ListFilter;
  };
  return (
    <div className="filter-bar">
      {workspace.mode === 'STANDARD' && (
        <Select<Environment>
          aria-label={t('filter.environment')}
          value={filter.environment}
          onChange={(environment) => onChange({ ...filter, environment })}
          options={(['PROD', 'DEV'] as const).map((value) => ({ value, label: value }))}
        />
      )}
      <Select
        mode="multiple"
        allowClear
        className="filter-states"
        aria-label={t('filter.state')}
        placeholder={t('filter.anyState')}
        value={filter.states}
        maxTagCount="responsive"
        onChange={(states) => onChange({ ...filter, states })}
        options={INSTANCE_STATES.map((value) => ({ value, label: <StateTag state={value} /> }))}
      />
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        allowClear
        className="filter-node"
        aria-label={t('filter.node')}
        placeholder={t('filter.anyNode')}
        value={filter.node ?? null}
        onChange={(node: number | null | undefined) => onChange(node ? { ...filter, node } : without('node'))}
        options={(nodes.data ?? []).map((n) => ({ value: n.id, label: n.name }))}
      />
      <Select
        allowClear
        className="filter-origin"
        aria-label={t('filter.origin')}
        placeholder={t('filter.anyOrigin')}
        value={filter.origin ?? null}
        onChange={(origin) => onChange(origin ? { ...filter, origin } : without('origin'))}
        options={ORIGINS.map((value) => ({ value, label: t(`origin.${value}`) }))}
      />
      <DatePicker
        aria-label={t('filter.date')}
        placeholder={t('filter.anyDate')}
        value={filter.date ? dayjs(filter.date) : null}
        onChange={(day) => onChange(day ? { ...filter, date: day.format('YYYY-MM-DD') } : without('date'))}
      />
      {narrowed && (
        <Button type="link" onClick={() => onChange({ ...rest, states: [] })}>
          {t('filter.clear')}
        </Button>
      )}
    </div>
  );
}
