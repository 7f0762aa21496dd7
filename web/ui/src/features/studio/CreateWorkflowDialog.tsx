import { Input, Modal } from 'antd';
import { useState } from 'react';
import { findingsOf } from '../../api/problem';
import { useCreateWorkflow } from '../../api/workflows';
import { FieldRow } from '../../components/FieldRow';
import { FindingsProvider } from '../../components/findings';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';

export function CreateWorkflowDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const create = useCreateWorkflow(useWorkspace().name);
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const send = () => name.trim() !== '' && create.mutate({ name: name.trim(), description }, { onSuccess: onClose });
  return (
    <Modal
      open
      title={t('workflow.create')}
      okText={t('common.create')}
      okButtonProps={{ disabled: name.trim() === '' }}
      confirmLoading={create.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <FindingsProvider value={findingsOf(create.error)}>
        <div className="form-stack">
          <FieldRow label={t('workflow.name')} pointer="/name" required>
            <Input autoFocus value={name} onChange={(e) => setName(e.target.value)} onPressEnter={send} />
          </FieldRow>
          <FieldRow label={t('common.description')} pointer="/description">
            <Input.TextArea rows={2} value={description} onChange={(e) => setDescription(e.target.value)} />
          </FieldRow>
          <ProblemAlert error={create.error} />
        </div>
      </FindingsProvider>
    </Modal>
  );
}
