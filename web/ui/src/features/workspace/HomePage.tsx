import { Card, Spin } from 'antd';
import { Navigate, useNavigate } from 'react-router';
import { useWorkspaces } from '../../api/workspaces';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { lastWorkspace } from './lastWorkspace';
import { NewWorkspaceForm } from './NewWorkspaceForm';

/** Leads to the workspace that was open last; the first visitor makes one. */
export function HomePage() {
  const t = useText();
  const navigate = useNavigate();
  const workspaces = useWorkspaces();
  if (workspaces.isPending) return <Spin className="page-spin" />;
  if (workspaces.isError) {
    return (
      <div className="page">
        <ProblemAlert error={workspaces.error} onRetry={() => void workspaces.refetch()} />
      </div>
    );
  }
  const last = workspaces.data.find((w) => w.name === lastWorkspace()) ?? workspaces.data[0];
  if (last) return <Navigate to={`/w/${encodeURIComponent(last.name)}/studio`} replace />;
  return (
    <main className="login">
      <Card className="login-card" title={t('workspace.first')}>
        <NewWorkspaceForm onCreated={(name) => void navigate(`/w/${encodeURIComponent(name)}/studio`)} />
      </Card>
    </main>
  );
}
