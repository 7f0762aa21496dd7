import { CaretRightOutlined, CheckOutlined, CloudUploadOutlined, FormOutlined, SaveOutlined, CodeOutlined } from '@ant-design/icons';
import { Button, Segmented, Tooltip } from 'antd';
import { Link, useNavigate } from 'react-router';
import { useInstances } from '../../api/instances';
import type { Node } from '../../api/types';
import { InstantText } from '../../components/InstantText';
import { StateTag } from '../../components/StateTag';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';
import type { DraftEditor } from './useDraftEditor';

interface Props {
  node: Node;
  editor: DraftEditor;
  script: boolean;
  onScript: (script: boolean) => void;
  onCommit: () => void;
  onRun: () => void;
}

export function NodeToolbar({ node, editor, script, onScript, onCommit, onRun }: Props) {
  const t = useText();
  const navigate = useNavigate();
  const workspace = useWorkspace();
  const base = `/w/${encodeURIComponent(workspace.name)}`;
  const deployable = node.committedVersion !== null && node.committedVersion !== node.deployedVersion;
  const whyNot = node.committedVersion === null ? t('deploy.needsCommit') : t('deploy.isCurrent', { n: node.committedVersion });
  return (
    <div className="toolbar" role="toolbar" aria-label={t('toolbar.title')}>
      <Tooltip title={editor.dirty ? 'Ctrl+S' : t('toolbar.nothingToSave')}>
        <Button type="text" icon={<SaveOutlined />} loading={editor.saving} disabled={!editor.dirty} onClick={() => void editor.save()}>
          {t('toolbar.save')}
        </Button>
      </Tooltip>
      <Tooltip title={t('toolbar.run.hint')}>
        <Button type="text" icon={<CaretRightOutlined />} onClick={onRun}>
          {t('toolbar.run')}
        </Button>
      </Tooltip>
      <Tooltip title={t('toolbar.commit.hint')}>
        <Button type="text" icon={<CheckOutlined />} onClick={onCommit}>
          {t('toolbar.commit')}
        </Button>
      </Tooltip>
      {workspace.mode === 'STANDARD' && (
        <Tooltip title={deployable ? t('toolbar.deploy.hint') : whyNot}>
          <Button
            type="text"
            icon={<CloudUploadOutlined />}
            disabled={!deployable}
            onClick={() => void navigate(`${base}/deployments?select=${node.id}`)}
          >
            {t('toolbar.deploy')}
          </Button>
        </Tooltip>
      )}
      {node.type === 'BATCH_SYNC' && (
        <Segmented
          size="small"
          value={script ? 'script' : 'form'}
          onChange={(value) => onScript(value === 'script')}
          options={[
            { value: 'form', label: t('toolbar.form'), icon: <FormOutlined /> },
            { value: 'script', label: t('toolbar.script'), icon: <CodeOutlined /> },
          ]}
        />
      )}
      <span className="spacer" />
      <LastRun node={node} />
      <span className={editor.dirty ? 'draft-state draft-unsaved' : 'draft-state muted'}>
        {editor.dirty ? t('draft.unsaved') : t('draft.saved')}
      </span>
      <span className="muted nowrap">
        {t('node.versions', { committed: node.committedVersion ?? t('common.none'), deployed: node.deployedVersion ?? t('common.none') })}
      </span>
    </div>
  );
}

/** The newest instance of the node, as a hint beside its code. */
function LastRun({ node }: { node: Node }) {
  const t = useText();
  const { name } = useWorkspace();
  const instances = useInstances(name, { environment: 'PROD', node: node.id, state: ['RUNNING', 'SUCCESS', 'FAILED'], limit: 1 });
  const last = instances.data?.pages[0]?.items[0];
  if (!last) return null;
  return (
    <Link to={`/w/${encodeURIComponent(name)}/ops/instances/${last.id}?node=${node.id}`} className="last-run">
      <span className="muted">{t('toolbar.lastRun')}</span>
      <InstantText at={last.scheduledTime} />
      <StateTag state={last.state} frozen={last.frozen} dryRun={last.dryRun} />
    </Link>
  );
}
