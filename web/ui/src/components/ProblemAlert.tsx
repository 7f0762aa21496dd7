import { Alert, Button } from 'antd';
import { ProblemError } from '../api/problem';
import { useText, type Translate } from '../i18n/text';
import { FindingList } from './FindingList';

function wordsOf(error: unknown, t: Translate): { title: string; detail: string } {
  if (!(error instanceof ProblemError)) {
    return { title: t('problem.unexpected'), detail: error instanceof Error ? error.message : String(error) };
  }
  const { problem } = error;
  if (problem.status === 0) return { title: t('problem.unreachable'), detail: t('problem.unreachable.cure') };
  if (problem.status === 401) return { title: t('problem.signedOut'), detail: t('problem.signedOut.cure') };
  const incident = problem.incident ? ` ${t('problem.incident', { id: problem.incident })}` : '';
  return { title: problem.title, detail: `${problem.detail}${incident}` };
}

/** The one look of an error: what happened, what to do, and a way to try again where that may help. */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useText();
  if (!error) return null;
  const { title, detail } = wordsOf(error, t);
  const findings = error instanceof ProblemError ? error.findings : [];
  return (
    <Alert
      type="error"
      showIcon
      className="problem-alert"
      title={title}
      description={
        <>
          {detail && <div className="pre-line">{detail}</div>}
          {findings.length > 0 && <FindingList findings={findings} />}
        </>
      }
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t('common.retry')}
          </Button>
        )
      }
    />
  );
}
