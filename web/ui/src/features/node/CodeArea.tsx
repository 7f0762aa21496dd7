import { Alert, Button, Spin } from 'antd';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import type { Node } from '../../api/types';
import { useAllFindings } from '../../components/findings';
import { useText } from '../../i18n/text';
import { openSync } from '../sync/syncDocument';
import { SyncForm } from '../sync/SyncForm';
import { RootNodeNote } from './RootNodeNote';
import type { DraftEditor } from './useDraftEditor';

const CodeEditor = lazy(async () => ({ default: (await import('../../components/CodeEditor')).CodeEditor }));

interface Props {
  node: Node;
  editor: DraftEditor;
  script: boolean;
}

/** The code of a node: a form for sync jobs, text for the others. */
export function CodeArea({ node, editor, script }: Props) {
  if (node.type === 'VIRTUAL') return <RootNodeNote root={node.root} />;
  if (node.type === 'BATCH_SYNC' && !script) return <FormOrReason node={node} editor={editor} />;
  return <ScriptArea node={node} editor={editor} />;
}

function ScriptArea({ node, editor }: { node: Node; editor: DraftEditor }) {
  const t = useText();
  const findings = useAllFindings();
  const json = node.type === 'BATCH_SYNC';
  const opened = json ? openSync(editor.document.code) : null;
  // An empty script is shown as what the form would begin with.
  const text = opened?.ok ? opened.document.text : editor.document.code;
  return (
    <Suspense fallback={<Spin className="page-spin" />}>
      <CodeEditor
        label={t('toolbar.script')}
        language={json ? 'json' : 'text'}
        value={text}
        findings={json ? findings : []}
        onChange={(code) => editor.change({ code })}
      />
    </Suspense>
  );
}

function FormOrReason({ node, editor }: { node: Node; editor: DraftEditor }) {
  const t = useText();
  const [, setSearch] = useSearchParams();
  const opened = openSync(editor.document.code);
  if (opened.ok) return <SyncForm node={node} document={opened.document} onChange={(code) => editor.change({ code })} />;
  const reason =
    opened.error === 'no-steps'
      ? t('script.noSteps')
      : t('script.broken', { line: opened.error.line, column: opened.error.column, reason: opened.error.reason });
  return (
    <div className="page">
      <Alert
        type="warning"
        showIcon
        title={t('script.notAForm')}
        description={reason}
        action={
          <Button
            onClick={() =>
              setSearch((now) => {
                now.set('view', 'script');
                return now;
              })
            }
          >
            {t('script.open')}
          </Button>
        }
      />
    </div>
  );
}
