import { Badge } from 'antd';
import type { Finding } from '../../api/problem';
import type { Node } from '../../api/types';
import { normalPointer } from '../../components/findings';
import { useText } from '../../i18n/text';
import { DependenciesPanel } from '../dependency/DependenciesPanel';
import { ParametersPanel } from '../parameter/ParametersPanel';
import { NodeGroupsPanel } from '../resourcegroup/NodeGroupsPanel';
import { SchedulePanel } from '../schedule/SchedulePanel';
import { RAIL_TABS, railTabOf, type RailTab } from './railTabs';
import type { DraftEditor } from './useDraftEditor';
import { VersionsPanel } from './VersionsPanel';

interface StripProps {
  active: RailTab | null;
  findings: Finding[];
  onOpen: (tab: RailTab) => void;
}

export function RailStrip({ active, findings, onOpen }: StripProps) {
  const t = useText();
  return (
    <nav className="rail-strip" aria-label={t('rail.title')}>
      {RAIL_TABS.map((tab) => {
        const here = findings.filter((f) => railTabOf(normalPointer(f.field)) === tab);
        const errors = here.some((f) => f.severity === 'ERROR');
        return (
          <button
            key={tab}
            type="button"
            className={tab === active ? 'rail-tab rail-tab-active' : 'rail-tab'}
            aria-pressed={tab === active}
            onClick={() => onOpen(tab)}
          >
            <Badge dot={here.length > 0} color={errors ? '#d9363e' : '#d48806'} offset={[4, 0]}>
              {t(`rail.${tab}`)}
            </Badge>
          </button>
        );
      })}
    </nav>
  );
}

export function RailPanel({ tab, node, editor }: { tab: RailTab; node: Node; editor: DraftEditor }) {
  const t = useText();
  return (
    <section className="rail-panel">
      <h2>{t(`rail.${tab}`)}</h2>
      <RailContent tab={tab} node={node} editor={editor} />
    </section>
  );
}

function RailContent({ tab, node, editor }: { tab: RailTab; node: Node; editor: DraftEditor }) {
  switch (tab) {
    case 'schedule':
      return <SchedulePanel node={node} editor={editor} />;
    case 'parameters':
      return <ParametersPanel node={node} editor={editor} />;
    case 'dependencies':
      return <DependenciesPanel node={node} editor={editor} />;
    case 'resourceGroups':
      return <NodeGroupsPanel editor={editor} />;
    case 'versions':
      return <VersionsPanel node={node} editor={editor} />;
  }
}
