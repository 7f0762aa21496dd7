import { Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useCreateNode } from '../../api/nodes';
import { findingsOf } from '../../api/problem';
import type { NodeType } from '../../api/types';
import { useWorkflows } from '../../api/workflows';
import { FieldRow } from '../../components/FieldRow';
import { FindingsProvider } from '../../components/findings';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';

const TYPES: NodeType[] = ['BATCH_SYNC', 'MAXCOMPUTE_SQL', 'VIRTUAL'];
/** Letters, digits, `_` and `.`, as in DataWorks. */
const NAME = /^[\p{L}\p{N}_.]{1,128}$/u;

export function CreateNodeDialog({ workflow: initial, onClose }: { workflow?: string | undefined; onClose: () => void }) {
  const t = useText();
  const navigate = useNavigate();
  const { name: workspace } = useWorkspace();
  const create = useCreateNode(workspace);
  const workflows = useWorkflows(workspace);
  const [workflow, setWorkflow] = useState(initial ?? workflows.data?.[0]?.name ?? '');
  const [name, setName] = useState('');
  const [type, setType] = useState<NodeType>('BATCH_SYNC');
  const ready = NAME.test(name) && workflow !== '';
  const send = () => {
    if (!ready) return;
    create.mutate(
      { workflow, name, type },
      {
        onSuccess: (node) => {
          onClose();
          void navigate(`/w/${encodeURIComponent(workspace)}/studio/nodes/${node.id}`);
        },
      },
    );
  };
  return (
    <Modal
      open
      title={t('node.create')}
      okText={t('common.create')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={create.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <FindingsProvider value={findingsOf(create.error)}>
        <div className="form-stack">
          <FieldRow label={t('node.type')} pointer="/type">
            <Radio.Group
              vertical
              value={type}
              onChange={(e) => setType(e.target.value as NodeType)}
              options={TYPES.map((value) => ({ value, label: `${t(`nodeType.${value}`)} – ${t(`nodeType.${value}.hint`)}` }))}
            />
          </FieldRow>
          <FieldRow label={t('workflow.title')} pointer="/workflow" required>
            <Select value={workflow} onChange={setWorkflow} options={(workflows.data ?? []).map((w) => ({ value: w.name, label: w.name }))} />
          </FieldRow>
          <FieldRow
            label={t('node.name')}
            pointer="/name"
            required
            error={name !== '' && !NAME.test(name) ? t('node.nameShape') : undefined}
          >
            <Input autoFocus value={name} onChange={(e) => setName(e.target.value)} onPressEnter={send} />
          </FieldRow>
          <ProblemAlert error={create.error} />
        </div>
      </FindingsProvider>
    </Modal>
  );
}
