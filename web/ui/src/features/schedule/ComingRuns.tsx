import { Tag } from 'antd';
import { useDeferredValue } from 'react';
import { useSchedulePreview } from '../../api/nodes';
import type { Node, PreviewedTime } from '../../api/types';
import { InstantText } from '../../components/InstantText';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import type { DraftEditor } from '../node/useDraftEditor';
import { OutlookFindings } from './OutlookFindings';
import { shownLocal } from './outlook';

const RUNS = 5;

/** The next runs with what they read and write, and what the coming year holds: a schedule is seen, and not only imagined. */
export function ComingRuns({ node, editor }: { node: Node; editor: DraftEditor }) {
  const t = useText();
  const preview = useSchedulePreview(node.id, useDeferredValue(editor.document), RUNS, true);
  const items = preview.data?.items ?? [];
  const problem = items.find((item) => item.problem !== null)?.problem;
  return (
    <div className="next-times">
      <div className="muted">{t('schedule.next')}</div>
      {preview.isError ? (
        <ProblemAlert error={preview.error} />
      ) : (
        <ol>
          {items.map((item) => (
            <Run key={item.scheduledTime} run={item} />
          ))}
        </ol>
      )}
      {preview.data && items.length === 0 && <div className="field-message field-message-WARNING">{t('schedule.never')}</div>}
      {problem && <div className="field-message field-message-WARNING">{t('schedule.codeProblem', { problem })}</div>}
      {preview.data?.outlook && <OutlookFindings outlook={preview.data.outlook} />}
    </div>
  );
}

function Run({ run }: { run: PreviewedTime }) {
  const t = useText();
  const { copy, clockChange } = run;
  return (
    <li>
      <InstantText at={run.scheduledTime} /> <span className="muted">{t('schedule.businessDate', { date: run.businessDate })}</span>
      {run.dryRun && <Tag>{t('state.dryRun')}</Tag>}
      {clockChange && <Tag color="orange">{t(`clockChange.${clockChange.effect}`, { wall: shownLocal(clockChange.wall) })}</Tag>}
      {copy && (
        <div className="mono next-times-copy">
          {(copy.beginLocal || copy.endLocal) && `[${shownLocal(copy.beginLocal)}, ${shownLocal(copy.endLocal)}) `}
          {(copy.table || copy.partition) && `→ ${copy.table} ${copy.partition}`}
        </div>
      )}
    </li>
  );
}
