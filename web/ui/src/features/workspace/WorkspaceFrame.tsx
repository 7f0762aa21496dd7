import { Spin } from 'antd';
import { Suspense, useEffect } from 'react';
import { Outlet, useLocation, useParams, useSearchParams } from 'react-router';
import { useWorkspaces } from '../../api/workspaces';
import { NotFoundPage } from '../../app/NotFoundPage';
import { TopBar } from '../../app/TopBar';
import type { Environment, Workspace } from '../../api/types';
import { ProblemAlert } from '../../components/ProblemAlert';
import { ZoneProvider } from '../../components/zone';
import { rememberWorkspace } from './lastWorkspace';
import { authoringEnvironment, WorkspaceProvider } from './workspaceContext';

/** The frame around all pages of one workspace. */
export function WorkspaceFrame() {
  const { workspace: name = '' } = useParams();
  const workspaces = useWorkspaces();
  const { pathname } = useLocation();
  const [search] = useSearchParams();
  const workspace = workspaces.data?.find((w) => w.name === name);
  const known = workspace !== undefined;
  useEffect(() => {
    if (known) rememberWorkspace(name);
  }, [known, name]);

  if (workspaces.isPending) return <Spin className="page-spin" />;
  if (workspaces.isError) {
    return (
      <div className="page">
        <ProblemAlert error={workspaces.error} onRetry={() => void workspaces.refetch()} />
      </div>
    );
  }
  if (!workspace) return <NotFoundPage />;
  return (
    <WorkspaceProvider value={workspace}>
      <ZoneProvider value={workspace.timeZone}>
        <div className="frame">
          <TopBar workspace={workspace} workspaces={workspaces.data} environment={landingOf(workspace, pathname, search)} />
          <main className="frame-main" key={workspace.name}>
            <Suspense fallback={<Spin className="page-spin" />}>
              <Outlet />
            </Suspense>
          </main>
        </div>
      </ZoneProvider>
    </WorkspaceProvider>
  );
}

/** The environment in which the actions of a page land; none where they concern both or neither. */
function landingOf(workspace: Workspace, pathname: string, search: URLSearchParams): Environment | null {
  const place = pathname.split('/')[3] ?? '';
  if (place === 'studio') return authoringEnvironment(workspace);
  if (place === 'ops' && search.get('environment') === 'DEV') return 'DEV';
  return place === 'ops' || place === 'deployments' ? 'PROD' : null;
}
