import { LogoutOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Dropdown, Select, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { NavLink, useLocation, useNavigate } from 'react-router';
import { useSession, useSignOut } from '../api/session';
import type { Environment, Workspace } from '../api/types';
import { EnvironmentBadge } from '../components/EnvironmentBadge';
import { useText, type MessageKey } from '../i18n/text';
import { CommandPalette } from './CommandPalette';
import { Logo } from './Logo';
import { LanguageSwitch, ThemeSwitch } from './PreferenceSwitches';
import { useHotkey } from './useHotkey';

interface Props {
  workspace: Workspace;
  workspaces: Workspace[];
  environment: Environment | null;
}

const PLACES: { to: string; also?: string; text: MessageKey; world?: boolean }[] = [
  { to: 'studio', also: 'deployments', text: 'nav.studio', world: true },
  { to: 'ops', text: 'nav.ops', world: true },
  { to: 'sources', text: 'nav.sources' },
  { to: 'ops/groups', text: 'nav.groups' },
  { to: 'settings', text: 'nav.settings' },
];

export function TopBar({ workspace, workspaces, environment }: Props) {
  const t = useText();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const session = useSession();
  const signOut = useSignOut();
  const [paletteOpen, setPaletteOpen] = useState(false);
  useHotkey('mod+k', () => setPaletteOpen(true));
  const base = `/w/${encodeURIComponent(workspace.name)}`;
  const within = (to: string) => pathname === `${base}/${to}` || pathname.startsWith(`${base}/${to}/`);
  // Resource groups stand among the pages of the Operation Center, but have an entry of their own.
  const active = (place: (typeof PLACES)[number]) =>
    place.to === 'ops' ? within('ops') && !within('ops/groups') : within(place.to) || (place.also !== undefined && within(place.also));

  return (
    <header className="top-bar">
      <NavLink to={`${base}/studio`} className="brand">
        <Logo size={22} /> Tidegate
      </NavLink>
      <Select
        className="workspace-select"
        variant="borderless"
        aria-label={t('nav.workspace')}
        popupMatchSelectWidth={false}
        value={workspace.name}
        onChange={(name) => void navigate(`/w/${encodeURIComponent(name)}/studio`)}
        options={workspaces.map((w) => ({ value: w.name, label: w.name }))}
      />
      <Tooltip title={t(`workspace.mode.${workspace.mode}.hint`)}>
        <Tag className="mode-tag" variant="outlined">
          {t(`workspace.mode.${workspace.mode}`)}
        </Tag>
      </Tooltip>
      <nav className="places">
        {PLACES.map((place) => (
          <NavLink
            key={place.to}
            to={`${base}/${place.to}`}
            className={`place${active(place) ? ' place-active' : ''}${place.world ? ' place-world' : ''}`}
            aria-current={active(place) ? 'page' : undefined}
          >
            {t(place.text)}
          </NavLink>
        ))}
      </nav>
      <span className="spacer" />
      <Tooltip title={`${t('palette.open')} (Ctrl+K)`}>
        <Button type="text" className="bar-button" icon={<SearchOutlined />} aria-label={t('palette.open')} onClick={() => setPaletteOpen(true)} />
      </Tooltip>
      {environment && <EnvironmentBadge environment={environment} />}
      <LanguageSwitch />
      <ThemeSwitch />
      <Dropdown
        menu={{
          items: [{ key: 'signOut', icon: <LogoutOutlined />, label: t('user.signOut') }],
          onClick: () => signOut.mutate(),
        }}
      >
        <Button type="text" className="bar-button" icon={<UserOutlined />}>
          {session.data?.user.name}
        </Button>
      </Dropdown>
      {paletteOpen && <CommandPalette workspace={workspace.name} onClose={() => setPaletteOpen(false)} />}
    </header>
  );
}
