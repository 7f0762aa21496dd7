import { Button, Descriptions, Skeleton } from 'antd';
import { useEffect } from 'react';
import { Link, useParams } from 'react-router';
import { useBackfill } from '../../api/backfills';
import { useInstances } from '../../api/instances';
import { useLiveInstances } from '../../api/live';
import { DetailDrawer } from '../../components/DetailDrawer';
import { InstantText } from '../../components/InstantText';
import { LiveSign } from '../../components/LiveSign';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { InstanceTable } from '../instance/InstanceTable';
import { useWorkspace } from '../workspace/workspaceContext';
import { localRange } from './localRange';
import { StateCountBar } from './StateCountBar';

/** One backfill: what it covers, how far it is, and its instances. */
export function BackfillDrawer() {
  const t = useText();
  const { id = '' } = useParams();
  const { name } = useWorkspace();
  const backfill = useBackfill(Number(id));
  const instances = useInstances(name, { environment: 'PROD', origin: 'BACKFILL', originKey: id, limit: 100 });
  const live = useLiveInstances(name);
  const { refetch } = backfill;
  const { dataUpdatedAt } = instances;
  useEffect(() => void refetch(), [refetch, dataUpdatedAt]);
  const { data } = backfill;
  return (
    <DetailDrawer
      back=".."
      title={
        <span className="drawer-title">
          {data?.name ?? t('backfill.title', { id })} <LiveSign state={live} />
        </span>
      }
    >
      {backfill.isPending && <Skeleton active />}
      <ProblemAlert error={backfill.error ?? instances.error} onRetry={() => void refetch()} />
      {data && (
        <>
          <Descriptions
            size="small"
            column={2}
            items={[
              { key: 'nodes', label: t('deploy.nodes'), children: data.nodes.map((n) => n.name).join(', ') },
              { key: 'range', label: t('backfill.range'), children: <span className="mono">{localRange(data.from, data.to)}</span> },
              { key: 'by', label: t('common.createdBy'), children: data.createdBy },
              { key: 'at', label: t('common.createdAt'), children: <InstantText at={data.createdAt} /> },
            ]}
          />
          <div className="gap" />
          <StateCountBar counts={data.counts} total={data.total} />
          <div className="gap" />
          <InstanceTable items={instances.data?.pages.flatMap((page) => page.items) ?? []} loading={instances.isPending} />
          {instances.hasNextPage && (
            <div className="load-more">
              <Button loading={instances.isFetchingNextPage} onClick={() => void instances.fetchNextPage()}>
                {t('common.loadMore')}
              </Button>
            </div>
          )}
          <div className="gap" />
          <p>
            <Link to={`/w/${encodeURIComponent(name)}/ops/instances?origin=BACKFILL&originKey=${id}`}>{t('backfill.inList')}</Link>
          </p>
        </>
      )}
    </DetailDrawer>
  );
}
