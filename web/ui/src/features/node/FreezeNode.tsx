import { Button, Checkbox, Input, Modal, Tooltip } from 'antd';
import { useState } from 'react';
import { useFreezeNode } from '../../api/nodes';
import type { Node } from '../../api/types';
import { FieldRow } from '../../components/FieldRow';
import { formatInstant } from '../../components/format';
import { ProblemAlert } from '../../components/ProblemAlert';
import { SnowflakeIcon } from '../../components/SnowflakeIcon';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';

/** Holds a node back in PROD, or lets it go on, and says who holds it. */
export function FreezeNode({ node }: { node: Node }) {
  const t = useText();
  const { timeZone } = useWorkspace();
  const [asking, setAsking] = useState(false);
  const { freeze } = node;
  const held = freeze && t('nodeFreeze.by', { by: freeze.by ?? '', since: formatInstant(freeze.since ?? '', timeZone), reason: freeze.reason });
  return (
    <>
      <Tooltip title={held ?? ''}>
        <Button size="small" type="link" disabled={node.root} icon={freeze && <SnowflakeIcon />} onClick={() => setAsking(true)}>
          {t(freeze ? 'operation.UNFREEZE' : 'operation.FREEZE')}
        </Button>
      </Tooltip>
      {asking && <FreezeDialog node={node} onClose={() => setAsking(false)} />}
    </>
  );
}

function FreezeDialog({ node, onClose }: { node: Node; onClose: () => void }) {
  const t = useText();
  const { name: workspace } = useWorkspace();
  const [wanted] = useState<'FREEZE' | 'UNFREEZE'>(node.freeze === null ? 'FREEZE' : 'UNFREEZE');
  const act = useFreezeNode(workspace, node.id);
  const [waiting, setWaiting] = useState(true);
  const [reason, setReason] = useState('');
  return (
    <Modal
      open
      title={t(`nodeFreeze.${wanted}.title`, { node: node.name })}
      okText={t(`operation.${wanted}`)}
      confirmLoading={act.isPending}
      onOk={() => act.mutate({ freeze: wanted === 'FREEZE', waiting, reason: reason.trim() }, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <div className="form-stack">
        <p>{t(`nodeFreeze.${wanted}.extent`)}</p>
        <Checkbox checked={waiting} onChange={(e) => setWaiting(e.target.checked)}>
          {t(`nodeFreeze.${wanted}.waiting`)}
        </Checkbox>
        <FieldRow label={t('operation.reason')} hint={t('operation.reason.hint')}>
          <Input value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} />
        </FieldRow>
        <ProblemAlert error={act.error} />
      </div>
    </Modal>
  );
}
