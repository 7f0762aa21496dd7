import { Button, Table } from 'antd';
import { Link } from 'react-router';
import { useNodes } from '../../api/nodes';
import { EmptyState } from '../../components/EmptyState';
import { PageHeader } from '../../components/PageHeader';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';
import { IsolatedNodes } from './IsolatedNodes';
import { FreezeNode } from './FreezeNode';
import { NodeIcon } from './NodeIcon';
import { VersionText } from './VersionText';

/** Nodes that are live in PROD. */
export function DeployedNodesPage() {
  const t = useText();
  const { name } = useWorkspace();
  const nodes = useNodes(name);
  const base = `/w/${encodeURIComponent(name)}`;
  const deployed = (nodes.data ?? []).filter((n) => n.deployedVersion !== null);
  return (
    <div className="page">
      <PageHeader title={t('nav.nodes')} note={t('nodes.deployedNote')} />
      <ProblemAlert error={nodes.error} onRetry={() => void nodes.refetch()} />
      <IsolatedNodes workspace={name} />
      <Table
        size="small"
        rowKey="id"
        loading={nodes.isPending}
        pagination={false}
        dataSource={deployed}
        locale={{
          emptyText: (
            <EmptyState text={t('nodes.noneDeployed')}>
              <Link to={`${base}/deployments`}>
                <Button type="primary">{t('nav.deployments')}</Button>
              </Link>
            </EmptyState>
          ),
        }}
        columns={[
          {
            title: t('node.name'),
            render: (_, n) => (
              <Link to={`${base}/studio/nodes/${n.id}`}>
                <NodeIcon type={n.type} /> {n.name}
              </Link>
            ),
          },
          { title: t('node.type'), render: (_, n) => t(`nodeType.${n.type}`) },
          { title: t('workflow.title'), render: (_, n) => n.workflow ?? t('common.none') },
          { title: t('node.deployed'), render: (_, n) => <VersionText version={n.deployedVersion} /> },
          { title: t('node.owner'), render: (_, n) => n.owner ?? t('common.none') },
          {
            title: t('common.actions'),
            render: (_, n) => (
              <span className="inline-controls">
                <Link to={`${base}/ops/instances?node=${n.id}`}>{t('nav.instances')}</Link>
                <Link to={`${base}/ops/backfills?create=${n.id}`}>{t('backfill.create')}</Link>
                <FreezeNode node={n} />
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}
