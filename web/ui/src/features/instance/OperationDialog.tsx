import { Checkbox, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useOperation, type OneOperation } from '../../api/instances';
import type { InstanceDetail, InstanceOperation } from '../../api/types';
import { FieldRow } from '../../components/FieldRow';
import { formatInstant } from '../../components/format';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { addsAgain, extentOf, holdingParents, PRIORITIES } from './actions';
import { DescendantChoice } from './DescendantChoice';

interface Props {
  operation: InstanceOperation;
  instance: InstanceDetail;
  onClose: () => void;
}

/** Asks once before an operation: what it will touch, what it needs to know, and why. */
export function OperationDialog({ operation, instance, onClose }: Props) {
  const t = useText();
  const act = useOperation(instance.id);
  const parents = holdingParents(instance);
  const [reason, setReason] = useState('');
  const [priority, setPriority] = useState(instance.priority);
  const [parentId, setParentId] = useState(parents[0]?.id);
  const [descendants, setDescendants] = useState<number[]>([]);
  const [addAgain, setAddAgain] = useState(false);
  const extent = extentOf(operation, instance);

  const wanted = (): OneOperation | null => {
    const why = reason.trim();
    switch (operation) {
      case 'RERUN':
        return { operation, addAgain: addsAgain(instance), reason: why };
      case 'RERUN_WITH_DESCENDANTS':
        return descendants.length === 0 ? null : { operation, descendants, addAgain, reason: why };
      case 'REMOVE_DEPENDENCY':
        return parentId === undefined ? null : { operation, parentId, reason: why };
      case 'CHANGE_PRIORITY':
        return priority === instance.priority ? null : { operation, priority, reason: why };
      default:
        return { operation, reason: why };
    }
  };
  const ready = wanted();

  return (
    <Modal
      open
      width={operation === 'RERUN_WITH_DESCENDANTS' ? 760 : undefined}
      title={t('operation.title', {
        operation: t(`operation.${operation}`),
        node: instance.nodeName,
        time: formatInstant(instance.scheduledTime, instance.timeZone),
      })}
      okText={t(`operation.${operation}`)}
      okButtonProps={{ disabled: ready === null, danger: operation === 'STOP' || operation === 'RERUN' || operation === 'RERUN_WITH_DESCENDANTS' }}
      confirmLoading={act.isPending}
      onOk={() => ready && act.mutate(ready, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <div className="form-stack">
        <p className="pre-line">{t(extent.key, extent.values)}</p>
        {operation === 'CHANGE_PRIORITY' && (
          <FieldRow label={t('instance.priority')} hint={t('instance.priority.hint')}>
            <Select value={priority} onChange={setPriority} options={PRIORITIES.map((n) => ({ value: n, label: n }))} />
          </FieldRow>
        )}
        {operation === 'REMOVE_DEPENDENCY' && (
          <FieldRow label={t('relatives.parents')}>
            <Select
              value={parentId}
              onChange={setParentId}
              options={parents.map((parent) => ({
                value: parent.id,
                label: `${parent.nodeName} ${parent.scheduledLocal.replace('T', ' ').slice(0, 16)} (${t(`state.${parent.state}`)})`,
              }))}
            />
          </FieldRow>
        )}
        {operation === 'RERUN_WITH_DESCENDANTS' && <DescendantChoice instance={instance.id} chosen={descendants} onChange={setDescendants} />}
        {operation === 'RERUN_WITH_DESCENDANTS' && (
          <Checkbox checked={addAgain} onChange={(e) => setAddAgain(e.target.checked)}>
            {t('operation.addAgain')}
          </Checkbox>
        )}
        <FieldRow label={t('operation.reason')} hint={t('operation.reason.hint')}>
          <Input value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} />
        </FieldRow>
        <ProblemAlert error={act.error} />
      </div>
    </Modal>
  );
}
