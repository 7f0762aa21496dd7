import { useState } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { useSearchParams } from 'react-router';
import type { SavedDraft } from '../../api/nodes';
import type { Node } from '../../api/types';
import { useHotkey } from '../../app/useHotkey';
import { FindingsProvider, normalPointer } from '../../components/findings';
import { ProblemAlert } from '../../components/ProblemAlert';
import { CodeArea } from './CodeArea';
import { CommitDialog } from './CommitDialog';
import { ConflictDialog } from './ConflictDialog';
import { NodeToolbar } from './NodeToolbar';
import { RailPanel, RailStrip } from './Rail';
import { isRailTab, railTabOf, type RailTab } from './railTabs';
import { TestRunDialog } from './TestRunDialog';
import { useDraftEditor } from './useDraftEditor';

/** Toolbar, form or script, and the rail of a node's settings. */
export function NodeEditor({ node, saved }: { node: Node; saved: SavedDraft }) {
  // A node that was just made is empty, and nobody wants to be told so.
  const [isNew] = useState(node.committedVersion === null && node.draftRevision <= 1);
  const editor = useDraftEditor(node.id, saved, !isNew);
  const [search, setSearch] = useSearchParams();
  const [committing, setCommitting] = useState(false);
  const [running, setRunning] = useState(false);
  const layout = useDefaultLayout({ id: 'tidegate.node', storage: localStorage, panelIds: ['code', 'rail'] });
  useHotkey('mod+s', () => void editor.save());

  const wanted = search.get('tab');
  const tab = wanted === null ? 'schedule' : isRailTab(wanted) ? wanted : null;
  const script = search.get('view') === 'script';
  const put = (name: string, value: string | null) =>
    setSearch(
      (now) => {
        if (value === null) now.delete(name);
        else now.set(name, value);
        return now;
      },
      { replace: true },
    );
  const openTab = (next: RailTab) => put('tab', next === tab ? 'none' : next);

  const commit = async () => {
    if (await editor.save()) setCommitting(true);
  };

  const run = async () => {
    if (await editor.save()) setRunning(true);
  };

  return (
    <FindingsProvider value={editor.findings}>
      <div className="node-editor">
        <NodeToolbar node={node} editor={editor} script={script} onScript={(on) => put('view', on ? 'script' : null)} onCommit={() => void commit()} onRun={() => void run()} />
        <ProblemAlert error={editor.error} />
        <div className="node-body">
          <Group defaultLayout={layout.defaultLayout} onLayoutChanged={layout.onLayoutChanged} className="node-panels">
            <Panel id="code" minSize={360}>
              <CodeArea node={node} editor={editor} script={script} />
            </Panel>
            {tab && <Separator className="divider" />}
            {tab && (
              <Panel id="rail" defaultSize={380} minSize={280} maxSize={640} groupResizeBehavior="preserve-pixel-size">
                <RailPanel tab={tab} node={node} editor={editor} />
              </Panel>
            )}
          </Group>
          <RailStrip active={tab} findings={editor.findings} onOpen={openTab} />
        </div>
      </div>
      {committing && (
        <CommitDialog
          node={node}
          onFindings={editor.setFindings}
          onOpen={(finding) => {
            setCommitting(false);
            const to = railTabOf(normalPointer(finding.field));
            if (to) put('tab', to);
          }}
          onClose={() => setCommitting(false)}
        />
      )}
      {running && <TestRunDialog node={node} document={editor.document} onClose={() => setRunning(false)} />}
      {editor.conflict && <ConflictDialog node={node} editor={editor} />}
    </FindingsProvider>
  );
}
