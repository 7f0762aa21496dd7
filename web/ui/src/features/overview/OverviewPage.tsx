import { Card } from 'antd';
import { Link } from 'react-router';
import { useInstances } from '../../api/instances';
import { useLiveInstances } from '../../api/live';
import { INSTANCE_STATES } from '../../api/types';
import { formatCount, formatInstant } from '../../components/format';
import { LiveSign } from '../../components/LiveSign';
import { PageHeader } from '../../components/PageHeader';
import { ProblemAlert } from '../../components/ProblemAlert';
import { StateTag } from '../../components/StateTag';
import { useText } from '../../i18n/text';
import { queryOf } from '../instance/instanceFilter';
import { InstanceTable } from '../instance/InstanceTable';
import { useWorkspace } from '../workspace/workspaceContext';

const COUNTED_MAX = 500;

/** Today at a glance: how many instances are in each state, and which failed. */
export function OverviewPage() {
  const t = useText();
  const { name, timeZone } = useWorkspace();
  const today = formatInstant(new Date().toISOString(), timeZone).slice(0, 10);
  const query = queryOf({ environment: 'PROD', states: [], date: today }, timeZone);
  const all = useInstances(name, { ...query, limit: COUNTED_MAX });
  const failed = useInstances(name, { environment: 'PROD', state: ['FAILED'], limit: 20 });
  const live = useLiveInstances(name);
  const items = all.data?.pages[0]?.items ?? [];
  const more = all.isSuccess && all.data.pages[0]?.next !== null;
  const base = `/w/${encodeURIComponent(name)}/ops/instances`;
  return (
    <div className="page">
      <PageHeader title={t('nav.overview')} note={t('overview.today', { date: today, zone: timeZone })}>
        <LiveSign state={live} />
      </PageHeader>
      <ProblemAlert error={all.error ?? failed.error} onRetry={() => void all.refetch()} />
      <div className="state-counts">
        {INSTANCE_STATES.map((state) => (
          <Link key={state} to={`${base}?state=${state}&date=${today}`}>
            <Card size="small" hoverable>
              <StateTag state={state} />
              <div className="figure">{all.isPending ? '…' : formatCount(items.filter((i) => i.state === state).length)}</div>
            </Card>
          </Link>
        ))}
      </div>
      {more && <p className="muted">{t('overview.counted', { n: COUNTED_MAX })}</p>}
      <PageHeader title={t('overview.failed')} />
      <InstanceTable items={failed.data?.pages[0]?.items ?? []} loading={failed.isPending} />
    </div>
  );
}
