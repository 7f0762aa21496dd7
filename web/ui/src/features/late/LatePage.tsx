import { Button, Checkbox, Select, Table, Tag } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { useLateRecords } from '../../api/lateRecords';
import { useNodes } from '../../api/nodes';
import type { LateRecord, LateState } from '../../api/types';
import { EmptyState } from '../../components/EmptyState';
import { formatCount } from '../../components/format';
import { InstantText } from '../../components/InstantText';
import { PageHeader } from '../../components/PageHeader';
import { ProblemAlert } from '../../components/ProblemAlert';
import { WindowText } from '../../components/WindowText';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';
import { lateFilterOf, writeLateFilter } from './lateFilter';

const COLORS: Record<LateState, string> = { MISSING: 'orange', REPAIRED: 'green', INCLUDED: 'blue', NO_WINDOW: 'orange', TOPIC_GONE: 'default' };

/** The late ledger of a workspace: what was found after its window had been copied. The filters are in the address. */
export function LatePage() {
  const t = useText();
  const workspace = useWorkspace();
  const [search, setSearch] = useSearchParams();
  const filter = lateFilterOf(search);
  const late = useLateRecords(workspace.name, filter);
  const nodes = useNodes(workspace.name);
  const change = (part: Partial<typeof filter>) => setSearch(writeLateFilter({ ...filter, ...part }), { replace: true });
  const instances = `/w/${encodeURIComponent(workspace.name)}/ops/instances`;

  return (
    <div className="page">
      <PageHeader title={t('nav.late')} note={t('late.note')} />
      <div className="filter-bar">
        {workspace.mode === 'STANDARD' && (
          <Select
            aria-label={t('filter.environment')}
            value={filter.environment}
            onChange={(environment) => change({ environment })}
            options={(['PROD', 'DEV'] as const).map((value) => ({ value, label: value }))}
          />
        )}
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          allowClear
          className="filter-node"
          aria-label={t('filter.node')}
          placeholder={t('filter.anyNode')}
          value={filter.node ?? null}
          onChange={(node: number | null | undefined) => change({ node: node ?? undefined })}
          options={(nodes.data ?? []).map((n) => ({ value: n.id, label: n.name }))}
        />
        <Checkbox checked={filter.open} onChange={(e) => change({ open: e.target.checked })}>
          {t('late.openOnly')}
        </Checkbox>
      </div>
      <ProblemAlert error={late.error} onRetry={() => void late.refetch()} />
      <Table<LateRecord>
        size="small"
        rowKey="id"
        sticky
        loading={late.isPending || late.isPlaceholderData}
        pagination={false}
        dataSource={late.data?.pages.flatMap((page) => page.items) ?? []}
        scroll={{ x: 1000 }}
        locale={{ emptyText: <EmptyState text={t(filter.open ? 'late.empty.open' : 'late.empty')} /> }}
        columns={[
          { title: t('late.state'), width: 120, render: (_, row) => <Tag color={COLORS[row.state]}>{t(`late.state.${row.state}`)}</Tag> },
          { title: t('node.title'), dataIndex: 'nodeName' },
          {
            title: t('instance.window'),
            render: (_, row) =>
              row.instanceId !== null && row.windowStart !== null && row.windowEnd !== null ? (
                <Link to={`${instances}/${row.instanceId}`}>
                  <WindowText start={row.windowStart} end={row.windowEnd} />
                </Link>
              ) : (
                <span className="muted">{t('common.none')}</span>
              ),
          },
          { title: t('late.records'), align: 'right', render: (_, row) => formatCount(row.records) },
          {
            title: t('late.where'),
            render: (_, row) => (
              <span className="mono nowrap">
                {row.topic} {row.partition}: {formatCount(row.firstOffset)}
                {row.lastOffset > row.firstOffset && ` – ${formatCount(row.lastOffset)}`}
              </span>
            ),
          },
          { title: t('late.time'), render: (_, row) => <InstantText at={row.minTimestamp} precision="second" /> },
          {
            title: t('late.found'),
            render: (_, row) =>
              row.foundBy === null ? (
                <InstantText at={row.foundAt} />
              ) : (
                <Link to={`${instances}/${row.foundBy}`}>
                  <InstantText at={row.foundAt} />
                </Link>
              ),
          },
        ]}
      />
      {late.hasNextPage && (
        <div className="load-more">
          <Button loading={late.isFetchingNextPage} onClick={() => void late.fetchNextPage()}>
            {t('common.loadMore')}
          </Button>
        </div>
      )}
    </div>
  );
}
