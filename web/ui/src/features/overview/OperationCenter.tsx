import { ApartmentOutlined, CloudServerOutlined, DashboardOutlined, FieldTimeOutlined, HistoryOutlined, UnorderedListOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { NavLink, Outlet } from 'react-router';
import { useText, type MessageKey } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';

const PAGES: { to: string; text: MessageKey; icon: ReactNode; end?: boolean }[] = [
  { to: '', text: 'nav.overview', icon: <DashboardOutlined />, end: true },
  { to: '/nodes', text: 'nav.nodes', icon: <ApartmentOutlined /> },
  { to: '/instances', text: 'nav.instances', icon: <UnorderedListOutlined /> },
  { to: '/backfills', text: 'nav.backfills', icon: <HistoryOutlined /> },
  { to: '/late', text: 'nav.late', icon: <FieldTimeOutlined /> },
  { to: '/groups', text: 'nav.groups', icon: <CloudServerOutlined /> },
];

/** The Operation Center: its pages at the left, one of them beside. */
export function OperationCenter() {
  const t = useText();
  const { name } = useWorkspace();
  return (
    <div className="ops">
      <nav className="ops-nav" aria-label={t('nav.ops')}>
        {PAGES.map((page) => (
          <NavLink key={page.to} to={`/w/${encodeURIComponent(name)}/ops${page.to}`} end={page.end ?? false}>
            {page.icon} {t(page.text)}
          </NavLink>
        ))}
      </nav>
      <div className="ops-content">
        <Outlet />
      </div>
    </div>
  );
}
