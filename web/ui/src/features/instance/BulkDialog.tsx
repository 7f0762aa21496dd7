import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useBulkOperation } from '../../api/instances';
import type { Instance } from '../../api/types';
import { FieldRow } from '../../components/FieldRow';
import { formatInstant } from '../../components/format';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';
import { PRIORITIES, type BULK_OPERATIONS } from './actions';

interface Props {
  operation: (typeof BULK_OPERATIONS)[number];
  chosen: Instance[];
  onClose: () => void;
  onDone: () => void;
}

/** Asks once for many, and afterwards names what was refused. */
export function BulkDialog({ operation, chosen, onClose, onDone }: Props) {
  const t = useText();
  const { name } = useWorkspace();
  const act = useBulkOperation(name);
  const [reason, setReason] = useState('');
  const [priority, setPriority] = useState<number>(8);
  const refused = act.data?.filter((result) => result.refusal !== null) ?? [];
  const rows = new Map(chosen.map((row) => [row.id, row]));
  const send = () =>
    act.mutate(
      {
        operation,
        ids: chosen.map((row) => row.id),
        reason: reason.trim(),
        ...(operation === 'CHANGE_PRIORITY' ? { priority } : {}),
      },
      { onSuccess: (results) => results.every((result) => result.refusal === null) && onDone() },
    );
  const close = () => {
    if (act.data) onDone();
    onClose();
  };

  return (
    <Modal
      open
      title={t('bulk.ask', { operation: t(`operation.${operation}`), n: chosen.length })}
      okText={act.data ? t('common.close') : t(`operation.${operation}`)}
      cancelButtonProps={{ hidden: act.data !== undefined }}
      confirmLoading={act.isPending}
      onOk={act.data ? close : send}
      onCancel={close}
    >
      {act.data ? (
        <div className="form-stack">
          <p>{t('bulk.done', { done: act.data.length - refused.length, refused: refused.length })}</p>
          <ul className="relatives">
            {refused.map((result) => {
              const row = rows.get(result.id);
              return (
                <li key={result.id}>
                  <span className="nowrap">{row ? `${row.nodeName} ${formatInstant(row.scheduledTime, row.timeZone)}` : result.id}</span>
                  <span className="muted">{result.refusal}</span>
                </li>
              );
            })}
          </ul>
        </div>
      ) : (
        <div className="form-stack">
          <p className="pre-line">{t(`bulk.extent.${operation}`, { n: chosen.length })}</p>
          {operation === 'CHANGE_PRIORITY' && (
            <FieldRow label={t('instance.priority')} hint={t('instance.priority.hint')}>
              <Select value={priority} onChange={setPriority} options={PRIORITIES.map((n) => ({ value: n, label: n }))} />
            </FieldRow>
          )}
          <FieldRow label={t('operation.reason')} hint={t('operation.reason.hint')}>
            <Input value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} />
          </FieldRow>
          <ProblemAlert error={act.error} />
        </div>
      )}
    </Modal>
  );
}
