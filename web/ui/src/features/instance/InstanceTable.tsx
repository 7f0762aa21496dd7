import { WarningOutlined } from '@ant-design/icons';
import { Table, Tooltip } from 'antd';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import type { Instance } from '../../api/types';
import { EmptyState } from '../../components/EmptyState';
import { formatCount } from '../../components/format';
import { InstantText } from '../../components/InstantText';
import { StateTag } from '../../components/StateTag';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';
import { RunningTime } from './RunningTime';

interface Props {
  items: Instance[];
  loading: boolean;
  /** Ids of the chosen rows; without it none can be chosen. */
  chosen?: number[];
  onChoose?: (ids: number[]) => void;
}

/** Rows of instances, the same on every page that lists them. */
export function InstanceTable({ items, loading, chosen, onChoose }: Props) {
  const t = useText();
  const navigate = useNavigate();
  const { search, pathname } = useLocation();
  const { id } = useParams();
  const { name } = useWorkspace();
  const list = `/w/${encodeURIComponent(name)}/ops/instances`;
  // From the list itself its filters are kept, so that closing the instance leads back to them.
  const query = pathname.startsWith(list) ? search : '';
  return (
    <Table<Instance>
      size="small"
      rowKey="id"
      sticky
      loading={loading}
      pagination={false}
      dataSource={items}
      {...(chosen ? { rowSelection: { selectedRowKeys: chosen, onChange: (keys) => onChoose?.(keys.map(Number)) } } : {})}
      scroll={{ x: 1000 }}
      rowClassName={(row) => (String(row.id) === id && pathname.startsWith(list) ? 'row-open' : 'row-link')}
      onRow={(row) => ({ onClick: () => void navigate(`${list}/${row.id}${query}`) })}
      locale={{ emptyText: <EmptyState text={t('instances.empty')} /> }}
      columns={[
        {
          title: t('instance.state'),
          width: 190,
          render: (_, row) => (
            <>
              <Tooltip title={row.readiness ?? ''}>
                <span>
                  <StateTag state={row.state} frozen={row.frozen} dryRun={row.dryRun} missed={row.dryRunReason === 'MISSED'} />
                </span>
              </Tooltip>
              {row.lateMissing > 0 && (
                <Tooltip title={t('late.missing', { n: formatCount(row.lateMissing) })}>
                  <WarningOutlined className="late-mark" aria-label={t('late.missing', { n: formatCount(row.lateMissing) })} />
                </Tooltip>
              )}
            </>
          ),
        },
        {
          title: t('node.title'),
          render: (_, row) => (
            <Link to={`${list}/${row.id}${query}`} onClick={(e) => e.stopPropagation()}>
              {row.nodeName}
            </Link>
          ),
        },
        { title: t('instance.scheduled'), width: 140, render: (_, row) => <InstantText at={row.scheduledTime} /> },
        { title: t('instance.businessDate'), width: 124, dataIndex: 'businessDate' },
        { title: t('instance.origin'), width: 100, render: (_, row) => t(`origin.${row.origin}`) },
        { title: t('instance.started'), width: 140, render: (_, row) => <InstantText at={row.startedAt} /> },
        { title: t('instance.duration'), width: 90, render: (_, row) => <RunningTime from={row.startedAt} to={row.finishedAt} /> },
        { title: t('instance.attempts'), width: 92, align: 'right', dataIndex: 'attemptCount' },
      ]}
    />
  );
}
