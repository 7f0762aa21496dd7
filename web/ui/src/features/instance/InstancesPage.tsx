import { Button } from 'antd';
import { useState } from 'react';
import { Outlet, useSearchParams } from 'react-router';
import { useInstances } from '../../api/instances';
import { useLiveInstances } from '../../api/live';
import { LiveSign } from '../../components/LiveSign';
import { PageHeader } from '../../components/PageHeader';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';
import { BulkBar } from './BulkBar';
import { InstanceFilterBar } from './InstanceFilterBar';
import { queryOf, readFilter, writeFilter } from './instanceFilter';
import { InstanceTable } from './InstanceTable';
import { useStableRows } from './stableRows';

/** Instances of a workspace. The filters are in the address; a row opens over the list. */
export function InstancesPage() {
  const t = useText();
  const workspace = useWorkspace();
  const [search, setSearch] = useSearchParams();
  const filter = readFilter(search);
  const query = queryOf(filter, workspace.timeZone);
  const instances = useInstances(workspace.name, query);
  const live = useLiveInstances(workspace.name);
  const items = instances.data?.pages.flatMap((page) => page.items) ?? [];
  const [chosen, setChosen] = useState<number[]>([]);
  const rows = useStableRows(items, JSON.stringify(query));

  return (
    <div className="page">
      <PageHeader title={t('nav.instances')}>
        <LiveSign state={live} />
      </PageHeader>
      <InstanceFilterBar filter={filter} onChange={(next) => setSearch(writeFilter(next), { replace: true })} />
      <ProblemAlert error={instances.error} onRetry={() => void instances.refetch()} />
      {rows.arrived > 0 && (
        <Button size="small" type="link" onClick={rows.showAll}>
          {t('instances.arrived', { n: rows.arrived })}
        </Button>
      )}
      <BulkBar chosen={rows.shown.filter((row) => chosen.includes(row.id))} onClear={() => setChosen([])} />
      <InstanceTable
        items={rows.shown}
        loading={instances.isPending || instances.isPlaceholderData}
        chosen={chosen}
        onChoose={setChosen}
      />
      {instances.hasNextPage && (
        <div className="load-more">
          <Button loading={instances.isFetchingNextPage} onClick={() => void instances.fetchNextPage()}>
            {t('common.loadMore')}
          </Button>
        </div>
      )}
      <Outlet />
    </div>
  );
}
