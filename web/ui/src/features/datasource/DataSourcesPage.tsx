import { PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown, Modal, Table } from 'antd';
import { useState } from 'react';
import { Link, Outlet } from 'react-router';
import { useCreateDataSource, useDataSources } from '../../api/dataSources';
import type { DataSource, DataSourceType, NewDataSource } from '../../api/types';
import { EmptyState } from '../../components/EmptyState';
import { EnvironmentBadge } from '../../components/EnvironmentBadge';
import { PageHeader } from '../../components/PageHeader';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { environmentsOf, useWorkspace } from '../workspace/workspaceContext';
import { ConnectivityTest } from './ConnectivityTest';
import { DataSourceForm } from './DataSourceForm';
import { kafkaSide, mapSides, maxComputeSide, type Forms } from './sideForm';

/** Data sources: one name, a side for each environment. */
export function DataSourcesPage() {
  const t = useText();
  const workspace = useWorkspace();
  const sources = useDataSources(workspace.name);
  const [creating, setCreating] = useState<DataSourceType | null>(null);
  const create = (
    <Dropdown
      trigger={['click']}
      menu={{
        items: (['KAFKA', 'MAXCOMPUTE'] as const).map((type) => ({ key: type, label: t(`sourceType.${type}`) })),
        onClick: ({ key }) => setCreating(key as DataSourceType),
      }}
    >
      <Button type="primary" icon={<PlusOutlined />}>
        {t('source.create')}
      </Button>
    </Dropdown>
  );
  return (
    <div className="page">
      <PageHeader title={t('nav.sources')} note={t('source.note')}>
        {create}
      </PageHeader>
      <ProblemAlert error={sources.error} onRetry={() => void sources.refetch()} />
      <Table<DataSource>
        size="small"
        rowKey="id"
        loading={sources.isPending}
        pagination={false}
        dataSource={sources.data ?? []}
        locale={{ emptyText: <EmptyState text={t('source.empty')}>{create}</EmptyState> }}
        columns={[
          { title: t('source.name'), render: (_, s) => <Link to={encodeURIComponent(s.name)}>{s.name}</Link> },
          { title: t('source.type'), width: 130, render: (_, s) => t(`sourceType.${s.type}`) },
          ...environmentsOf(workspace).map((environment) => ({
            key: environment,
            title: <EnvironmentBadge environment={environment} />,
            render: (_: unknown, s: DataSource) => (
              <div className="source-side">
                <span className="mono ellipsis">{addressOf(s, environment) ?? t('source.noSide')}</span>
                {s.sides[environment] && <ConnectivityTest name={s.name} environment={environment} />}
              </div>
            ),
          })),
        ]}
      />
      {creating && <CreateDialog type={creating} onClose={() => setCreating(null)} />}
      <Outlet />
    </div>
  );
}

function addressOf(source: DataSource, environment: 'DEV' | 'PROD'): string | undefined {
  if (source.type === 'KAFKA') return source.sides[environment]?.bootstrapServers;
  const side = source.sides[environment];
  return side && `${side.project} @ ${side.endpoint}`;
}

function newSource(name: string, forms: Forms): NewDataSource {
  return forms.type === 'KAFKA'
    ? { name, type: 'KAFKA', description: '', sides: mapSides(forms.sides, kafkaSide) }
    : { name, type: 'MAXCOMPUTE', description: '', sides: mapSides(forms.sides, maxComputeSide) };
}

function CreateDialog({ type, onClose }: { type: DataSourceType; onClose: () => void }) {
  const t = useText();
  const create = useCreateDataSource(useWorkspace().name);
  return (
    <Modal open width={880} title={t('source.createType', { type: t(`sourceType.${type}`) })} footer={null} onCancel={onClose}>
      <DataSourceForm
        initial={{ type, sides: {} }}
        saving={create.isPending}
        error={create.error}
        onSave={(name, forms) => create.mutate(newSource(name, forms), { onSuccess: onClose })}
      />
    </Modal>
  );
}
