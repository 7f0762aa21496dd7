import { DatePicker, Input, Modal, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useCreateBackfill } from '../../api/backfills';
import { useNodes } from '../../api/nodes';
import { findingsOf } from '../../api/problem';
import { FieldRow } from '../../components/FieldRow';
import { FindingsProvider } from '../../components/findings';
import { formatInstant } from '../../components/format';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';

interface Props {
  node?: number | undefined;
  onCreated: (id: number) => void;
  onClose: () => void;
}

const LOCAL = 'YYYY-MM-DDTHH:mm';

/** Runs nodes for scheduled times of the past, each with the window of its time. */
export function CreateBackfillDialog({ node, onCreated, onClose }: Props) {
  const t = useText();
  const { name: workspace, timeZone } = useWorkspace();
  const nodes = useNodes(workspace);
  const create = useCreateBackfill(workspace);
  const [name, setName] = useState('');
  const [nodeIds, setNodeIds] = useState<number[]>(node === undefined ? [] : [node]);
  // The pickers hold wall-clock times of the workspace; their own zone is never used.
  const [range, setRange] = useState<[Dayjs, Dayjs]>(() => {
    const now = dayjs(formatInstant(new Date().toISOString(), timeZone).replace(' ', 'T'));
    return [now.startOf('day'), now];
  });
  const deployed = (nodes.data ?? []).filter((n) => n.deployedVersion !== null && !n.root);
  const chosen = deployed.filter((n) => nodeIds.includes(n.id)).map((n) => n.name);
  const send = () =>
    create.mutate(
      { name: name.trim() === '' ? null : name.trim(), nodeIds, from: range[0].format(LOCAL), to: range[1].format(LOCAL), onFailure: 'CONTINUE' },
      { onSuccess: (made) => onCreated(made.id) },
    );
  return (
    <Modal
      open
      width={560}
      title={t('backfill.create')}
      okText={t('backfill.start')}
      okButtonProps={{ disabled: nodeIds.length === 0 }}
      confirmLoading={create.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <FindingsProvider value={findingsOf(create.error)}>
        <div className="form-stack">
          <FieldRow label={t('backfill.nodes')} pointer="/nodeIds" below required hint={t('backfill.nodes.hint')}>
            <Select
              mode="multiple"
              showSearch={{ optionFilterProp: 'label' }}
              value={nodeIds}
              placeholder={t('backfill.chooseNodes')}
              onChange={setNodeIds}
              options={deployed.map((n) => ({ value: n.id, label: n.name }))}
            />
          </FieldRow>
          <FieldRow label={t('backfill.between', { zone: timeZone })} pointer="/from" required hint={t('backfill.between.hint')}>
            <DatePicker.RangePicker
              showTime={{ format: 'HH:mm' }}
              format="YYYY-MM-DD HH:mm"
              allowClear={false}
              value={range}
              onChange={(next) => next?.[0] && next[1] && setRange([next[0], next[1]])}
            />
          </FieldRow>
          <FieldRow label={t('backfill.name')} pointer="/name">
            <Input value={name} placeholder={t('backfill.nameHint')} onChange={(e) => setName(e.target.value)} />
          </FieldRow>
          {chosen.length > 0 && (
            <div className="muted">
              {t('backfill.extent', {
                nodes: chosen.join(', '),
                from: range[0].format('YYYY-MM-DD HH:mm'),
                to: range[1].format('YYYY-MM-DD HH:mm'),
              })}
            </div>
          )}
          <ProblemAlert error={create.error} />
        </div>
      </FindingsProvider>
    </Modal>
  );
}
