import { App, Button, Modal, Skeleton } from 'antd';
import { useState } from 'react';
import { useNodeVersions } from '../../api/nodes';
import type { Node, NodeVersion } from '../../api/types';
import { EmptyState } from '../../components/EmptyState';
import { InstantText } from '../../components/InstantText';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { documentChanges } from './documentChanges';
import type { DraftEditor } from './useDraftEditor';

/** All commits of the node; an old one can be compared with the draft and put back into it. */
export function VersionsPanel({ node, editor }: { node: Node; editor: DraftEditor }) {
  const t = useText();
  const { message } = App.useApp();
  const versions = useNodeVersions(node.id);
  const [compared, setCompared] = useState<NodeVersion | null>(null);
  if (versions.isPending) return <Skeleton active />;
  if (versions.isError) return <ProblemAlert error={versions.error} onRetry={() => void versions.refetch()} />;
  if (versions.data.length === 0) return <EmptyState text={t('versions.empty')} />;
  return (
    <>
      <ul className="version-list">
        {versions.data.map((v) => (
          <li key={v.id}>
            <div className="version-head">
              <strong className="mono">{t('version.short', { n: v.version })}</strong>
              {v.version === node.deployedVersion && <span className="environment-badge environment-PROD">PROD</span>}
              <span className="spacer" />
              <InstantText at={v.committedAt} />
            </div>
            <div>{v.note}</div>
            <div className="version-foot">
              <span className="muted">{v.committedBy}</span>
              <span className="spacer" />
              <Button size="small" type="link" onClick={() => setCompared(v)}>
                {t('versions.compare')}
              </Button>
              <Button
                size="small"
                type="link"
                onClick={() => {
                  editor.change(v.document);
                  void message.info(t('versions.restored', { n: v.version }));
                }}
              >
                {t('versions.restore')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {compared && (
        <Modal open width={720} footer={null} title={t('versions.compareTitle', { n: compared.version })} onCancel={() => setCompared(null)}>
          <Changes from={compared} editor={editor} />
        </Modal>
      )}
    </>
  );
}

function Changes({ from, editor }: { from: NodeVersion; editor: DraftEditor }) {
  const t = useText();
  const changes = documentChanges(from.document, editor.document);
  if (changes.length === 0) return <p className="muted">{t('versions.same')}</p>;
  return (
    <table className="compare-table">
      <thead>
        <tr>
          <th>{t('conflict.field')}</th>
          <th>{t('version.short', { n: from.version })}</th>
          <th>{t('versions.draft')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.pointer}>
            <td className="mono">{change.pointer}</td>
            <td className="mono">{change.before}</td>
            <td className="mono">{change.after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
