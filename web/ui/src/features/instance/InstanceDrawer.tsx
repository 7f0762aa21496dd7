import { Skeleton } from 'antd';
import { useCallback, useState } from 'react';
import { useParams } from 'react-router';
import { useInstance } from '../../api/instances';
import { useLiveInstance } from '../../api/live';
import type { LogEvent } from '../../api/types';
import { DetailDrawer } from '../../components/DetailDrawer';
import { LiveSign } from '../../components/LiveSign';
import { ProblemAlert } from '../../components/ProblemAlert';
import { StateTag } from '../../components/StateTag';
import { useText } from '../../i18n/text';
import { InstanceActions } from './InstanceActions';
import { InstanceView } from './InstanceView';
import { addChunk, NO_LOG } from './logChunks';
import { progressOf } from './progress';

/** One instance, kept current. */
export function InstanceDrawer() {
  const { id = '' } = useParams();
  return <LiveInstance key={id} id={Number(id)} />;
}

function LiveInstance({ id }: { id: number }) {
  const t = useText();
  const instance = useInstance(id);
  const [log, setLog] = useState(NO_LOG);
  const live = useLiveInstance(
    id,
    useCallback((event: LogEvent) => setLog((now) => addChunk(now, event)), []),
  );
  const detail = instance.data;
  return (
    <DetailDrawer
      back=".."
      title={
        detail ? (
          <span className="drawer-title">
            {detail.nodeName}
            <StateTag state={detail.state} frozen={detail.frozen} dryRun={detail.dryRun} missed={detail.dryRunReason === 'MISSED'} progress={progressOf(detail)} />
            <LiveSign state={live} />
          </span>
        ) : (
          t('instance.title', { id })
        )
      }
      extra={detail && <InstanceActions instance={detail} />}
    >
      {instance.isPending && <Skeleton active />}
      <ProblemAlert error={instance.error} onRetry={() => void instance.refetch()} />
      {detail && <InstanceView instance={detail} log={log} />}
    </DetailDrawer>
  );
}
