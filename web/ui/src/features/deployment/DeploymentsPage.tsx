import { App, Button, Card, Input, Table } from 'antd';
import { useState } from 'react';
import { Link, Outlet, useNavigate, useSearchParams } from 'react-router';
import { useDeploy, useDeploymentCandidates, useDeployments } from '../../api/deployments';
import { EmptyState } from '../../components/EmptyState';
import { InstantText } from '../../components/InstantText';
import { PageHeader } from '../../components/PageHeader';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { NodeIcon } from '../node/NodeIcon';
import { VersionText } from '../node/VersionText';
import { useWorkspace } from '../workspace/workspaceContext';

/** What waits to be made live in PROD, and what was. */
export function DeploymentsPage() {
  const t = useText();
  return (
    <div className="page">
      <PageHeader title={t('nav.deployments')} note={t('deploy.note')} />
      <Candidates />
      <PageHeader title={t('deploy.history')} />
      <History />
      <Outlet />
    </div>
  );
}

function Candidates() {
  const t = useText();
  const { message } = App.useApp();
  const { name } = useWorkspace();
  const [search] = useSearchParams();
  const candidates = useDeploymentCandidates(name);
  const deploy = useDeploy(name);
  const [selected, setSelected] = useState<number[]>(() => search.getAll('select').map(Number));
  const [note, setNote] = useState('');
  const base = `/w/${encodeURIComponent(name)}`;
  const chosen = (candidates.data ?? []).filter((c) => selected.includes(c.nodeId));
  const send = () =>
    deploy.mutate(
      { nodes: chosen.map(({ nodeId, version }) => ({ nodeId, version })), note: note.trim() },
      {
        onSuccess: (made) => {
          void message.success(t('deploy.done', { n: made.nodes.length }));
          setSelected([]);
          setNote('');
        },
      },
    );
  return (
    <>
      <ProblemAlert error={candidates.error} onRetry={() => void candidates.refetch()} />
      <Table
        size="small"
        rowKey="nodeId"
        loading={candidates.isPending}
        pagination={false}
        dataSource={candidates.data ?? []}
        rowSelection={{ selectedRowKeys: selected, onChange: (keys) => setSelected(keys.map(Number)) }}
        locale={{
          emptyText: (
            <EmptyState text={t('deploy.nothing')}>
              <Link to={`${base}/studio`}>
                <Button>{t('nav.studio')}</Button>
              </Link>
            </EmptyState>
          ),
        }}
        columns={[
          {
            title: t('node.name'),
            render: (_, c) => (
              <Link to={`${base}/studio/nodes/${c.nodeId}?tab=versions`}>
                <NodeIcon type={c.nodeType} /> {c.nodeName}
              </Link>
            ),
          },
          { title: t('node.type'), render: (_, c) => t(`nodeType.${c.nodeType}`) },
          {
            title: t('deploy.change'),
            render: (_, c) => (
              <span className="nowrap">
                {c.deployedVersion === null ? t('deploy.new') : <VersionText version={c.deployedVersion} />} → <VersionText version={c.version} />
              </span>
            ),
          },
          { title: t('commit.note'), dataIndex: 'note' },
          { title: t('deploy.committedBy'), dataIndex: 'committedBy' },
          { title: t('deploy.committedAt'), render: (_, c) => <InstantText at={c.committedAt} /> },
        ]}
      />
      {(candidates.data?.length ?? 0) > 0 && (
        <Card size="small" className="deploy-card">
          <div className="inline-controls">
            <Input placeholder={t('deploy.noteHint')} aria-label={t('commit.note')} value={note} onChange={(e) => setNote(e.target.value)} />
            <Button
              type="primary"
              danger
              disabled={chosen.length === 0}
              title={chosen.length === 0 ? t('deploy.selectFirst') : undefined}
              loading={deploy.isPending}
              onClick={send}
            >
              {t('deploy.button', { n: chosen.length })}
            </Button>
          </div>
          <ProblemAlert error={deploy.error} />
        </Card>
      )}
    </>
  );
}

function History() {
  const t = useText();
  const navigate = useNavigate();
  const { name } = useWorkspace();
  const deployments = useDeployments(name);
  return (
    <>
      <ProblemAlert error={deployments.error} onRetry={() => void deployments.refetch()} />
      <Table
        size="small"
        rowKey="id"
        loading={deployments.isPending}
        pagination={false}
        dataSource={deployments.data ?? []}
        rowClassName="row-link"
        onRow={(d) => ({ onClick: () => void navigate(String(d.id)) })}
        locale={{ emptyText: <EmptyState text={t('deploy.noHistory')} /> }}
        columns={[
          {
            title: t('deploy.id'),
            width: 80,
            render: (_, d) => (
              <Link to={String(d.id)} onClick={(e) => e.stopPropagation()} className="mono">
                {d.id}
              </Link>
            ),
          },
          { title: t('deploy.at'), width: 150, render: (_, d) => <InstantText at={d.deployedAt} /> },
          { title: t('deploy.by'), width: 140, dataIndex: 'deployedBy' },
          { title: t('deploy.nodes'), render: (_, d) => d.nodes.map((n) => n.nodeName).join(', ') },
          { title: t('commit.note'), dataIndex: 'note' },
        ]}
      />
    </>
  );
}
