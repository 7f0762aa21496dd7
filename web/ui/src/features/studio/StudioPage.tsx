import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { Outlet } from 'react-router';
import { StudioTabBar } from './StudioTabBar';
import { StudioTree } from './StudioTree';

/** DataStudio: the tree, and the tabs of the nodes that are open. */
export function StudioPage() {
  const layout = useDefaultLayout({ id: 'tidegate.studio', storage: localStorage });
  return (
    <Group className="studio" defaultLayout={layout.defaultLayout} onLayoutChanged={layout.onLayoutChanged}>
      <Panel id="tree" defaultSize={240} minSize={180} maxSize={480} groupResizeBehavior="preserve-pixel-size">
        <StudioTree />
      </Panel>
      <Separator className="divider" />
      <Panel id="work" minSize={480}>
        <div className="studio-work">
          <StudioTabBar />
          <div className="studio-content">
            <Outlet />
          </div>
        </div>
      </Panel>
    </Group>
  );
}
