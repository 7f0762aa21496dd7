import { Spin } from 'antd';
import { Navigate, Outlet, useLocation } from 'react-router';
import { useSession } from '../../api/session';
import { ProblemAlert } from '../../components/ProblemAlert';

/** Lets the signed-in through; others go to the sign-in page and come back to the same address. */
export function SessionGate() {
  const session = useSession();
  const { pathname, search } = useLocation();
  if (session.isPending) return <Spin className="page-spin" />;
  if (session.isError) {
    return (
      <div className="page">
        <ProblemAlert error={session.error} onRetry={() => void session.refetch()} />
      </div>
    );
  }
  if (session.data === null) {
    const next = pathname === '/' ? '' : `?next=${encodeURIComponent(pathname + search)}`;
    return <Navigate to={`/login${next}`} replace />;
  }
  return <Outlet />;
}
