import { Button, Descriptions, Modal, Table } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useWorkspaces } from '../../api/workspaces';
import { InstantText } from '../../components/InstantText';
import { PageHeader } from '../../components/PageHeader';
import { useText } from '../../i18n/text';
import { NewWorkspaceForm } from './NewWorkspaceForm';
import { SchedulingSettings } from './SchedulingSettings';
import { useWorkspace } from './workspaceContext';

export function SettingsPage() {
  const t = useText();
  const navigate = useNavigate();
  const workspace = useWorkspace();
  const workspaces = useWorkspaces();
  const [creating, setCreating] = useState(false);
  return (
    <div className="page">
      <PageHeader title={t('nav.settings')} />
      <Descriptions
        size="small"
        bordered
        column={2}
        items={[
          { key: 'name', label: t('workspace.name'), children: workspace.name },
          { key: 'mode', label: t('workspace.mode'), children: t(`workspace.mode.${workspace.mode}`) },
          { key: 'zone', label: t('workspace.timeZone'), children: workspace.timeZone },
        ]}
      />
      <SchedulingSettings />
      <PageHeader title={t('workspace.all')}>
        <Button type="primary" onClick={() => setCreating(true)}>
          {t('workspace.create')}
        </Button>
      </PageHeader>
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={workspaces.data ?? []}
        columns={[
          { title: t('workspace.name'), render: (_, w) => <Link to={`/w/${encodeURIComponent(w.name)}/studio`}>{w.name}</Link> },
          { title: t('workspace.mode'), render: (_, w) => t(`workspace.mode.${w.mode}`) },
          { title: t('workspace.timeZone'), dataIndex: 'timeZone' },
          { title: t('common.createdAt'), render: (_, w) => <InstantText at={w.createdAt} /> },
        ]}
      />
      <Modal open={creating} title={t('workspace.create')} footer={null} destroyOnHidden onCancel={() => setCreating(false)}>
        <NewWorkspaceForm
          onCreated={(name) => {
            setCreating(false);
            void navigate(`/w/${encodeURIComponent(name)}/studio`);
          }}
        />
      </Modal>
    </div>
  );
}
