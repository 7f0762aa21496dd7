import { App, Skeleton } from 'antd';
import { useParams } from 'react-router';
import { useDataSources, useUpdateDataSource } from '../../api/dataSources';
import { DetailDrawer } from '../../components/DetailDrawer';
import { EmptyState } from '../../components/EmptyState';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';
import { DataSourceForm } from './DataSourceForm';
import { formsOf, kafkaSide, mapSides, maxComputeSide } from './sideForm';

export function DataSourceDrawer() {
  const t = useText();
  const { message } = App.useApp();
  const { name = '' } = useParams();
  const { name: workspace } = useWorkspace();
  const sources = useDataSources(workspace);
  const update = useUpdateDataSource(workspace);
  const source = sources.data?.find((s) => s.name === name);
  return (
    <DetailDrawer back=".." title={source ? `${source.name} · ${t(`sourceType.${source.type}`)}` : name}>
      {sources.isPending && <Skeleton active />}
      <ProblemAlert error={sources.error} onRetry={() => void sources.refetch()} />
      {sources.isSuccess && !source && <EmptyState text={t('source.unknown', { name })} />}
      {source && (
        <DataSourceForm
          // After a save the form begins anew from what is stored.
          key={JSON.stringify(source)}
          name={source.name}
          initial={formsOf(source)}
          saving={update.isPending}
          error={update.error}
          onSave={(_, forms) =>
            update.mutate(
              { name: source.name, sides: forms.type === 'KAFKA' ? mapSides(forms.sides, kafkaSide) : mapSides(forms.sides, maxComputeSide) },
              { onSuccess: () => void message.success(t('source.saved')) },
            )
          }
        />
      )}
    </DetailDrawer>
  );
}
