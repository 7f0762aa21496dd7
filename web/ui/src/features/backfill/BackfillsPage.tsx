import { PlusOutlined } from '@ant-design/icons';
import { Button, Table } from 'antd';
import { Link, Outlet, useNavigate, useSearchParams } from 'react-router';
import { useBackfills } from '../../api/backfills';
import { EmptyState } from '../../components/EmptyState';
import { InstantText } from '../../components/InstantText';
import { PageHeader } from '../../components/PageHeader';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';
import { CreateBackfillDialog } from './CreateBackfillDialog';
import { localRange } from './localRange';
import { StateCountBar } from './StateCountBar';

/** Backfills of a workspace. `?create` opens the dialog, with a node where one is given. */
export function BackfillsPage() {
  const t = useText();
  const navigate = useNavigate();
  const { name } = useWorkspace();
  const [search, setSearch] = useSearchParams();
  const backfills = useBackfills(name);
  const creating = search.get('create');
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setSearch({ create: '' })}>
      {t('backfill.create')}
    </Button>
  );
  return (
    <div className="page">
      <PageHeader title={t('nav.backfills')} note={t('backfill.note')}>
        {create}
      </PageHeader>
      <ProblemAlert error={backfills.error} onRetry={() => void backfills.refetch()} />
      <Table
        size="small"
        rowKey="id"
        loading={backfills.isPending}
        pagination={false}
        dataSource={backfills.data ?? []}
        scroll={{ x: 1000 }}
        rowClassName="row-link"
        onRow={(b) => ({ onClick: () => void navigate(String(b.id)) })}
        locale={{ emptyText: <EmptyState text={t('backfill.empty')}>{create}</EmptyState> }}
        columns={[
          {
            title: t('backfill.name'),
            render: (_, b) => (
              <Link to={String(b.id)} onClick={(e) => e.stopPropagation()}>
                {b.name}
              </Link>
            ),
          },
          { title: t('deploy.nodes'), render: (_, b) => b.nodes.map((n) => n.name).join(', ') },
          { title: t('backfill.range'), render: (_, b) => <span className="mono nowrap">{localRange(b.from, b.to)}</span> },
          { title: t('backfill.counts'), width: 300, render: (_, b) => <StateCountBar counts={b.counts} total={b.total} /> },
          { title: t('common.createdBy'), dataIndex: 'createdBy' },
          { title: t('common.createdAt'), render: (_, b) => <InstantText at={b.createdAt} /> },
        ]}
      />
      {creating !== null && (
        <CreateBackfillDialog
          node={creating === '' ? undefined : Number(creating)}
          onClose={() => setSearch({}, { replace: true })}
          onCreated={(id) => void navigate(`/w/${encodeURIComponent(name)}/ops/backfills/${id}`)}
        />
      )}
      <Outlet />
    </div>
  );
}
