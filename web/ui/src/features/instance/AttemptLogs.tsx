import { Card, Select, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import { useAttemptLog } from '../../api/instances';
import type { Attempt, InstanceDetail } from '../../api/types';
import { EmptyState } from '../../components/EmptyState';
import { LogView } from '../../components/LogView';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import type { CollectedLog } from './logChunks';

const COLORS: Record<Attempt['state'], string> = { RUNNING: 'blue', SUCCEEDED: 'green', FAILED: 'red', STOPPED: 'default', LOST: 'orange' };

/** The log of one attempt: of the newest as it grows, of an older one as it was. */
export function AttemptLogs({ instance, log }: { instance: InstanceDetail; log: CollectedLog }) {
  const t = useText();
  const [chosen, setChosen] = useState<number | null>(null);
  const newest = instance.attempts[0];
  const attempt = instance.attempts.find((a) => a.id === chosen) ?? newest;
  const streamed = attempt !== undefined && attempt.id === log.attempt;
  const stored = useAttemptLog(attempt?.id, attempt !== undefined && !streamed);
  if (!attempt) {
    return (
      <Card size="small" title={t('log.title')}>
        <EmptyState text={t('log.noAttempt')} />
      </Card>
    );
  }
  const text = streamed ? log.text : (stored.data?.chunks.map((chunk) => chunk.text).join('') ?? '');
  return (
    <Card
      size="small"
      className="log-card"
      title={
        <span className="drawer-title">
          {t('log.title')}
          <Select
            size="small"
            aria-label={t('attempt.choose')}
            value={attempt.id}
            popupMatchSelectWidth={false}
            onChange={setChosen}
            options={instance.attempts.map((a) => ({ value: a.id, label: t('attempt.number', { n: a.number }) }))}
          />
          <Tag color={COLORS[attempt.state]}>{t(`attemptState.${attempt.state}`)}</Tag>
          <span className="muted ellipsis">{attempt.worker}</span>
        </span>
      }
    >
      {attempt !== newest && attempt.message && <div className="field-message field-message-ERROR pre-line">{attempt.message}</div>}
      <ProblemAlert error={streamed ? null : stored.error} onRetry={() => void stored.refetch()} />
      {!streamed && stored.isPending ? (
        <Skeleton active />
      ) : (
        <LogView key={attempt.id} text={text} live={attempt.finishedAt === null} fileName={`${instance.nodeName}-${instance.id}-${attempt.number}.log`} />
      )}
    </Card>
  );
}
