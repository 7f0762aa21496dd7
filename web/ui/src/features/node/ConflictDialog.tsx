import { Button, Modal } from 'antd';
import { useNode } from '../../api/nodes';
import type { Node } from '../../api/types';
import { InstantText } from '../../components/InstantText';
import { useText } from '../../i18n/text';
import { documentChanges } from './documentChanges';
import type { DraftEditor } from './useDraftEditor';

/** Somebody saved first: shows what differs and lets the user choose. Nothing typed is lost before that. */
export function ConflictDialog({ node, editor }: { node: Node; editor: DraftEditor }) {
  const t = useText();
  const current = useNode(node.id).data ?? node;
  const { conflict } = editor;
  if (!conflict) return null;
  const changes = documentChanges(conflict.document, editor.document);
  return (
    <Modal
      open
      width={640}
      title={t('conflict.title')}
      onCancel={editor.closeConflict}
      footer={[
        <Button key="stay" onClick={editor.closeConflict}>
          {t('conflict.stay')}
        </Button>,
        <Button key="theirs" onClick={editor.takeTheirs}>
          {t('conflict.reload')}
        </Button>,
        <Button key="mine" danger loading={editor.saving} onClick={() => void editor.overwrite()}>
          {t('conflict.overwrite')}
        </Button>,
      ]}
    >
      <p>
        {conflict.reason}
      </p>
      <p className="muted">
        {t('conflict.at')} <InstantText at={current.updatedAt} precision="second" />
      </p>
      {changes.length === 0 ? (
        <p className="muted">{t('conflict.same')}</p>
      ) : (
        <table className="compare-table">
          <thead>
            <tr>
              <th>{t('conflict.field')}</th>
              <th>{t('conflict.theirs')}</th>
              <th>{t('conflict.mine')}</th>
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
      )}
    </Modal>
  );
}
