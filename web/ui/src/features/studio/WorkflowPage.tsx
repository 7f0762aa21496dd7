import { PlusOutlined } from '@ant-design/icons';
import { Button, Table } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useNodes } from '../../api/nodes';
import { useWorkflows } from '../../api/workflows';
import { EmptyState } from '../../components/EmptyState';
import { InstantText } from '../../components/InstantText';
import { PageHeader } from '../../components/PageHeader';
import { useText } from '../../i18n/text';
import { NodeIcon } from '../node/NodeIcon';
import { VersionText } from '../node/VersionText';
import { useWorkspace } from '../workspace/workspaceContext';
import { CreateNodeDialog } from './CreateNodeDialog';

/** One workflow and the state of its nodes. */
export function WorkflowPage() {
  const t = useText();
  const { workflow = '' } = useParams();
  const { name } = useWorkspace();
  const nodes = useNodes(name);
  const workflows = useWorkflows(name);
  const [creating, setCreating] = useState(false);
  const own = (nodes.data ?? []).filter((n) => n.workflow === workflow);
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t('node.create')}
    </Button>
  );
  return (
    <div className="page">
      <PageHeader title={workflow} note={workflows.data?.find((w) => w.name === workflow)?.description}>
        {own.length > 0 && create}
      </PageHeader>
      <Table
        size="small"
        rowKey="id"
        loading={nodes.isPending}
        pagination={false}
        dataSource={own}
        locale={{ emptyText: <EmptyState text={t('workflow.empty')}>{create}</EmptyState> }}
        columns={[
          {
            title: t('node.name'),
            render: (_, n) => (
              <Link to={`/w/${encodeURIComponent(name)}/studio/nodes/${n.id}`}>
                <NodeIcon type={n.type} /> {n.name}
              </Link>
            ),
          },
          { title: t('node.type'), render: (_, n) => t(`nodeType.${n.type}`) },
          { title: t('node.committed'), render: (_, n) => <VersionText version={n.committedVersion} /> },
          { title: t('node.deployed'), render: (_, n) => <VersionText version={n.deployedVersion} /> },
          { title: t('node.owner'), render: (_, n) => n.owner ?? t('common.none') },
          { title: t('node.updatedAt'), render: (_, n) => <InstantText at={n.updatedAt} /> },
        ]}
      />
      {creating && <CreateNodeDialog workflow={workflow} onClose={() => setCreating(false)} />}
    </div>
  );
}
