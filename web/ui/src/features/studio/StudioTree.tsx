import { ApartmentOutlined, CloudUploadOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input, Skeleton, Tooltip, Tree, type InputRef, type TreeDataNode } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useDeploymentCandidates } from '../../api/deployments';
import { useNodes } from '../../api/nodes';
import { useWorkflows } from '../../api/workflows';
import { useHotkey } from '../../app/useHotkey';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { NodeIcon } from '../node/NodeIcon';
import { useWorkspace } from '../workspace/workspaceContext';
import { CreateNodeDialog } from './CreateNodeDialog';
import { CreateWorkflowDialog } from './CreateWorkflowDialog';
import { treeOf } from './studioTreeData';

/** Workflows and their nodes. */
export function StudioTree() {
  const t = useText();
  const { name, mode } = useWorkspace();
  const { node, workflow } = useParams();
  const navigate = useNavigate();
  const workflows = useWorkflows(name);
  const nodes = useNodes(name);
  const candidates = useDeploymentCandidates(name);
  const [filter, setFilter] = useState('');
  const [shut, setShut] = useState<string[]>([]);
  const [dialog, setDialog] = useState<{ kind: 'workflow' } | { kind: 'node'; workflow?: string | undefined } | null>(null);
  const filterInput = useRef<InputRef>(null);
  useHotkey('/', () => filterInput.current?.focus());
  const base = `/w/${encodeURIComponent(name)}`;

  const tree = useMemo(() => treeOf(workflows.data ?? [], nodes.data ?? [], filter), [workflows.data, nodes.data, filter]);
  const data: TreeDataNode[] = [
    ...tree.workflows.map((w) => ({
      key: `w:${w.name}`,
      icon: <ApartmentOutlined />,
      title: (
        <span className="tree-row">
          <span className="ellipsis">{w.name}</span>
          <Tooltip title={t('node.create')}>
            <Button
              size="small"
              type="text"
              className="tree-add"
              aria-label={t('node.create')}
              icon={<PlusOutlined />}
              onClick={(e) => {
                e.stopPropagation();
                setDialog({ kind: 'node', workflow: w.name });
              }}
            />
          </Tooltip>
        </span>
      ),
      children: w.nodes.map((n) => ({
        key: `n:${n.id}`,
        icon: <NodeIcon type={n.type} />,
        title: <span className={n.committedVersion === null ? 'tree-new' : ''}>{n.name}</span>,
        isLeaf: true,
      })),
    })),
    ...tree.loose.map((n) => ({ key: `n:${n.id}`, icon: <NodeIcon type={n.type} />, title: n.name, isLeaf: true })),
  ];
  const keys = tree.workflows.map((w) => `w:${w.name}`);
  const open = (key: string) =>
    void navigate(key.startsWith('n:') ? `${base}/studio/nodes/${key.slice(2)}` : `${base}/studio/workflows/${encodeURIComponent(key.slice(2))}`);

  return (
    <aside className="studio-tree">
      <div className="tree-tools">
        <Input
          ref={filterInput}
          allowClear
          size="small"
          prefix={<SearchOutlined />}
          placeholder={t('studio.filter')}
          value={filter}
          onChange={(e) => setFilter(e.target.value)}
        />
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'workflow', label: t('workflow.create') },
              { key: 'node', label: t('node.create'), disabled: (workflows.data ?? []).length === 0, title: t('node.createNeedsWorkflow') },
            ],
            onClick: ({ key }) => setDialog(key === 'workflow' ? { kind: 'workflow' } : { kind: 'node' }),
          }}
        >
          <Button size="small" icon={<PlusOutlined />} aria-label={t('studio.create')} />
        </Dropdown>
      </div>
      <ProblemAlert error={nodes.error ?? workflows.error} />
      {nodes.isPending ? (
        <Skeleton active className="tree-skeleton" />
      ) : (
        <Tree
          className="tree"
          showIcon
          blockNode
          treeData={data}
          expandedKeys={filter === '' ? keys.filter((k) => !shut.includes(k)) : keys}
          onExpand={(expanded) => setShut(keys.filter((k) => !expanded.includes(k)))}
          selectedKeys={node ? [`n:${node}`] : workflow ? [`w:${workflow}`] : []}
          onSelect={(_, { node: chosen }) => open(String(chosen.key))}
        />
      )}
      {data.length === 0 && !nodes.isPending && <div className="tree-none muted">{t(filter === '' ? 'studio.empty' : 'studio.noMatch')}</div>}
      <span className="spacer" />
      {mode === 'STANDARD' && (
        <Link to={`${base}/deployments`} className="tree-foot">
          <CloudUploadOutlined /> {t('nav.deployments')}
          {(candidates.data?.length ?? 0) > 0 && <span className="count-badge">{candidates.data?.length}</span>}
        </Link>
      )}
      {dialog?.kind === 'workflow' && <CreateWorkflowDialog onClose={() => setDialog(null)} />}
      {dialog?.kind === 'node' && <CreateNodeDialog workflow={dialog.workflow} onClose={() => setDialog(null)} />}
    </aside>
  );
}
