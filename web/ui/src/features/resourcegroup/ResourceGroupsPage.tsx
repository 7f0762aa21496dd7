import { Table } from 'antd';
import { useResourceGroups } from '../../api/resourceGroups';
import { EmptyState } from '../../components/EmptyState';
import { PageHeader } from '../../components/PageHeader';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';

export function ResourceGroupsPage() {
  const t = useText();
  const groups = useResourceGroups(useWorkspace().name);
  return (
    <div className="page">
      <PageHeader title={t('nav.groups')} note={t('groups.note')} />
      <ProblemAlert error={groups.error} onRetry={() => void groups.refetch()} />
      <Table
        size="small"
        rowKey="id"
        loading={groups.isPending}
        pagination={false}
        dataSource={groups.data ?? []}
        locale={{ emptyText: <EmptyState text={t('groups.empty')} /> }}
        columns={[
          { title: t('groups.name'), dataIndex: 'name' },
          { title: t('groups.type'), render: (_, g) => t(`groupType.${g.type}`) },
          { title: t('groups.slots'), align: 'right', width: 100, dataIndex: 'slots' },
          { title: t('common.description'), dataIndex: 'description' },
        ]}
      />
    </div>
  );
}
