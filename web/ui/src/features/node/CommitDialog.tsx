import { App, Input, Modal, Spin } from 'antd';
import { useEffect, useState } from 'react';
import { useCheckDraft, useCommitDraft } from '../../api/nodes';
import { findingsOf, type Finding } from '../../api/problem';
import type { Node } from '../../api/types';
import { FieldRow } from '../../components/FieldRow';
import { FindingList } from '../../components/FindingList';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';

interface Props {
  node: Node;
  onFindings: (findings: Finding[]) => void;
  onOpen: (finding: Finding) => void;
  onClose: () => void;
}

/** Asks for the note of a commit and shows what its checks find before and after. */
export function CommitDialog({ node, onFindings, onOpen, onClose }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const { mode } = useWorkspace();
  const check = useCheckDraft(node.id);
  const commit = useCommitDraft(node.id);
  const [note, setNote] = useState('');
  const start = check.mutate;
  useEffect(() => start(undefined, { onSuccess: onFindings }), [start, onFindings]);

  const refused = findingsOf(commit.error);
  const findings = refused.length > 0 ? refused : (check.data ?? []);
  const blocked = findings.some((f) => f.severity === 'ERROR');
  const send = () =>
    commit.mutate(note.trim(), {
      onSuccess: ({ version }) => {
        void message.success(t(mode === 'STANDARD' ? 'commit.done' : 'commit.doneLive', { n: version }));
        onClose();
      },
      onError: (error) => onFindings(findingsOf(error)),
    });

  return (
    <Modal
      open
      title={t('commit.title', { name: node.name })}
      okText={t('toolbar.commit')}
      okButtonProps={{ disabled: note.trim() === '' || check.isPending || blocked, title: blocked ? t('commit.blocked') : undefined }}
      confirmLoading={commit.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <div className="form-stack">
        <FieldRow label={t('commit.note')} required hint={t('commit.note.hint')}>
          <Input.TextArea autoFocus rows={2} value={note} onChange={(e) => setNote(e.target.value)} />
        </FieldRow>
        {check.isPending && (
          <div className="muted">
            <Spin size="small" /> {t('commit.checking')}
          </div>
        )}
        {findings.length > 0 && <FindingList findings={findings} onOpen={onOpen} />}
        {check.isSuccess && findings.length === 0 && !commit.error && <div className="verdict-good">{t('commit.clean')}</div>}
        <ProblemAlert error={check.error ?? (refused.length > 0 ? null : commit.error)} />
      </div>
    </Modal>
  );
}
