import { Alert, Descriptions } from 'antd';
import { Link } from 'react-router';
import type { InstanceDetail } from '../../api/types';
import { IdText } from '../../components/IdText';
import { InstantText } from '../../components/InstantText';
import { PartitionTag } from '../../components/PartitionTag';
import { ReceiptCard } from '../../components/ReceiptCard';
import { WindowText } from '../../components/WindowText';
import { useText } from '../../i18n/text';
import { LateNotice } from '../late/LateNotice';
import { LateReceipt } from '../late/LateReceipt';
import { useWorkspace } from '../workspace/workspaceContext';
import { AttemptLogs } from './AttemptLogs';
import { EventTimeline } from './EventTimeline';
import type { CollectedLog } from './logChunks';
import { ParameterTable } from './ParameterTable';
import { windowOf } from './progress';
import { ProgressPanel } from './ProgressPanel';
import { Relatives } from './Relatives';
import { RunningTime } from './RunningTime';

/** All that is known about one instance: why it waits, what it copied, its log and its history. */
export function InstanceView({ instance, log }: { instance: InstanceDetail; log: CollectedLog }) {
  const t = useText();
  const { name } = useWorkspace();
  const newest = instance.attempts[0];
  const window = windowOf(instance);
  const failed = instance.state === 'FAILED' && newest?.message;
  return (
    <div className="instance-view">
      <div className="instance-main">
        {instance.readiness && <Alert type={instance.state === 'RUNNING' ? 'info' : 'warning'} showIcon title={instance.readiness} />}
        {instance.stopAskedAt && instance.finishedAt === null && <Alert type="warning" showIcon title={t('instance.stopping')} />}
        {failed && (
          <Alert
            type="error"
            showIcon
            title={newest.failureKind ? t(`failure.${newest.failureKind}`) : t('state.FAILED')}
            description={<span className="pre-line">{newest.message}</span>}
          />
        )}
        {newest?.progress && instance.state === 'RUNNING' && <ProgressPanel progress={newest.progress} />}
        <LateNotice instance={instance} />
        {instance.receipt && (
          <ReceiptCard receipt={instance.receipt} late={<LateReceipt receipt={instance.receipt} node={instance.nodeId} />} />
        )}
        <AttemptLogs instance={instance} log={log} />
      </div>
      <div className="instance-side">
        <Descriptions
          size="small"
          column={1}
          items={[
            { key: 'id', label: t('instance.id'), children: <IdText id={instance.id} /> },
            {
              key: 'node',
              label: t('node.title'),
              children: (
                <span>
                  <Link to={`/w/${encodeURIComponent(name)}/studio/nodes/${instance.nodeId}`}>{instance.nodeName}</Link>{' '}
                  <span className="muted">{instance.nodeVersion === null ? t('instance.draft') : t('version.short', { n: instance.nodeVersion })}</span>
                </span>
              ),
            },
            { key: 'scheduled', label: t('instance.scheduled'), children: <InstantText at={instance.scheduledTime} precision="second" /> },
            { key: 'date', label: t('instance.businessDate'), children: instance.businessDate },
            ...(window ? [{ key: 'window', label: t('instance.window'), children: <WindowText {...window} /> }] : []),
            ...(instance.receipt?.tablePartition
              ? [{ key: 'partition', label: t('instance.partition'), children: <PartitionTag partition={instance.receipt.tablePartition} /> }]
              : []),
            { key: 'origin', label: t('instance.origin'), children: t(`origin.${instance.origin}`) },
            { key: 'priority', label: t('instance.priority'), children: instance.priority },
            { key: 'group', label: t('groups.name'), children: instance.resourceGroup ?? t('common.none') },
            { key: 'duration', label: t('instance.duration'), children: <RunningTime from={instance.startedAt} to={instance.finishedAt} /> },
          ]}
        />
        <ParameterTable parameters={instance.parameters} />
        <Relatives title={t('relatives.parents')} relatives={instance.parents ?? []} />
        <Relatives title={t('relatives.children')} relatives={instance.children ?? []} />
        <EventTimeline events={instance.events} />
      </div>
    </div>
  );
}
