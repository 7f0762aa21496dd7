import { CloseOutlined } from '@ant-design/icons';
import { useEffect } from 'react';
import { NavLink, useNavigate, useParams } from 'react-router';
import { useNodes } from '../../api/nodes';
import { useText } from '../../i18n/text';
import { useDrafts } from '../node/drafts';
import { NodeIcon } from '../node/NodeIcon';
import { useWorkspace } from '../workspace/workspaceContext';
import { neighbourOf, useStudioTabs } from './studioTabs';

const NO_TABS: number[] = [];

/** One tab for each open node; a dot marks unsaved changes. */
export function StudioTabBar() {
  const t = useText();
  const { name } = useWorkspace();
  const { node } = useParams();
  const navigate = useNavigate();
  const nodes = useNodes(name);
  const tabs = useStudioTabs((s) => s.open[name] ?? NO_TABS);
  const show = useStudioTabs((s) => s.show);
  const close = useStudioTabs((s) => s.close);
  const unsaved = useDrafts((s) => s.drafts);
  const base = `/w/${encodeURIComponent(name)}/studio`;

  useEffect(() => {
    if (node && Number.isSafeInteger(Number(node))) show(name, Number(node));
  }, [name, node, show]);

  const shut = (id: number) => {
    const next = neighbourOf(tabs, id);
    close(name, id);
    if (String(id) === node) void navigate(next === undefined ? base : `${base}/nodes/${next}`);
  };

  const shown = tabs.flatMap((id) => nodes.data?.find((n) => n.id === id) ?? []);
  if (shown.length === 0) return null;
  return (
    <nav className="studio-tabs" aria-label={t('studio.tabs')}>
      {shown.map((n) => (
        <div key={n.id} className={`studio-tab${String(n.id) === node ? ' studio-tab-active' : ''}`}>
          <NavLink to={`${base}/nodes/${n.id}`} title={n.name}>
            <NodeIcon type={n.type} /> {n.name}
            {unsaved[n.id] && <i className="unsaved-dot" title={t('draft.unsaved')} />}
          </NavLink>
          <button type="button" aria-label={t('studio.closeTab', { name: n.name })} onClick={() => shut(n.id)}>
            <CloseOutlined />
          </button>
        </div>
      ))}
    </nav>
  );
}
