import { TableOutlined } from '@ant-design/icons';
import { Button, Input, Radio, Select, Space, Tooltip } from 'antd';
import { useState } from 'react';
import { useDataSources, useTable, useTables } from '../../api/dataSources';
import { FieldRow } from '../../components/FieldRow';
import { ProblemAlert } from '../../components/ProblemAlert';
import { pointerOfPath } from '../../components/scriptText';
import { useText } from '../../i18n/text';
import { authoringEnvironment, useWorkspace } from '../workspace/workspaceContext';
import { formatPartitionSpec, parsePartitionSpec, valuesForKeys } from './partitionSpec';
import { TableSchemaDialog } from './TableSchemaDialog';
import type { SyncPartProps } from './SyncForm';
import { switchAt, switchValue, textAt } from './syncDocument';

export function DestinationForm({ document, put }: SyncPartProps) {
  const t = useText();
  const workspace = useWorkspace();
  const environment = authoringEnvironment(workspace);
  const at = (name: string) => [...document.writerPath, name];
  const source = textAt(document, at('datasource'));
  const tableName = textAt(document, at('table'));
  const topic = textAt(document, [...document.readerPath, 'topic']);
  const sources = useDataSources(workspace.name);
  const tables = useTables(workspace.name, source, environment);
  const table = useTable(workspace.name, source, tableName, environment);
  const [generating, setGenerating] = useState(false);
  const unknownTable = tables.isSuccess && tableName !== '' && !tables.data.some((x) => x.name.toLowerCase() === tableName.toLowerCase());

  return (
    <div className="form-stack">
      <FieldRow label={t('sync.dataSource')} pointer={pointerOfPath(at('datasource'))} required>
        <Select
          showSearch
          aria-label={t('sync.dataSource')}
          value={source === '' ? undefined : source}
          placeholder={t('sync.chooseMaxCompute')}
          loading={sources.isPending}
          options={(sources.data ?? []).filter((s) => s.type === 'MAXCOMPUTE').map((s) => ({ value: s.name, label: s.name }))}
          onChange={(name) => put([at('datasource'), name])}
          notFoundContent={t('sync.noMaxCompute')}
        />
      </FieldRow>
      <FieldRow
        label={t('sync.table')}
        pointer={pointerOfPath(at('table'))}
        required
        hint={t('sync.table.hint')}
        error={unknownTable ? t('sync.table.unknown') : undefined}
      >
        <Space.Compact block>
          <Select
            showSearch
            aria-label={t('sync.table')}
            value={tableName === '' ? undefined : tableName}
            placeholder={t('sync.chooseTable')}
            disabled={source === ''}
            loading={tables.isFetching}
            options={(tables.data ?? []).map((x) => ({ value: x.name, label: x.name }))}
            onChange={(name) => put([at('table'), name])}
          />
          <Tooltip title={source === '' || topic === '' ? t('sync.generate.needs') : t('sync.generate')}>
            <Button icon={<TableOutlined />} disabled={source === '' || topic === ''} onClick={() => setGenerating(true)}>
              {t('sync.generate.short')}
            </Button>
          </Tooltip>
        </Space.Compact>
        <ProblemAlert error={tables.error} onRetry={() => void tables.refetch()} />
      </FieldRow>
      <PartitionFields document={document} put={put} keys={table.data?.partitionKeys.map((key) => key.name)} />
      <FieldRow label={t('sync.writeRule')} pointer={pointerOfPath(at('truncate'))}>
        <Radio.Group
          vertical
          value={switchAt(document, at('truncate'), true)}
          onChange={(e) => put([at('truncate'), switchValue(document, at('truncate'), e.target.value as boolean)])}
          options={[
            { value: true, label: t('sync.writeRule.overwrite') },
            { value: false, label: t('sync.writeRule.into') },
          ]}
        />
      </FieldRow>
      <FieldRow label={t('sync.emptyAsNull')} pointer={pointerOfPath(at('emptyAsNull'))}>
        <Radio.Group
          value={switchAt(document, at('emptyAsNull'), false)}
          onChange={(e) => put([at('emptyAsNull'), switchValue(document, at('emptyAsNull'), e.target.value as boolean)])}
          options={[
            { value: false, label: t('common.no') },
            { value: true, label: t('common.yes') },
          ]}
        />
      </FieldRow>
      {generating && (
        <TableSchemaDialog
          source={source}
          topic={topic}
          onCreated={(name) => put([at('table'), name])}
          onClose={() => setGenerating(false)}
        />
      )}
    </div>
  );
}

/** One value for each partition key of the table; while the table is not known, those that the script names. */
function PartitionFields({ document, put, keys }: SyncPartProps & { keys: string[] | undefined }) {
  const t = useText();
  const path = [...document.writerPath, 'partition'];
  const spec = textAt(document, path);
  const values = keys ? valuesForKeys(spec, keys) : parsePartitionSpec(spec);
  const stale = keys ? parsePartitionSpec(spec).filter((v) => !keys.some((key) => key.toLowerCase() === v.key.toLowerCase())) : [];
  const set = (next: typeof values) => put([path, next.length === 0 ? undefined : formatPartitionSpec(next)]);
  if (values.length === 0 && stale.length === 0) return <div className="muted">{t('sync.partition.none')}</div>;
  return (
    <FieldRow label={t('sync.partition')} pointer={pointerOfPath(path)} required hint={t('sync.partition.hint')}>
      <div className="form-stack tight">
        {values.map((value, i) => (
          <Space.Compact block key={value.key}>
            <Space.Addon>
              <span className="mono">{value.key} =</span>
            </Space.Addon>
            <Input
              className="mono"
              aria-label={t('sync.partition.value', { key: value.key })}
              placeholder="${partition}"
              value={value.value}
              onChange={(e) => set(values.map((v, j) => (j === i ? { ...v, value: e.target.value } : v)))}
            />
          </Space.Compact>
        ))}
        {stale.length > 0 && (
          <div className="field-message field-message-WARNING">
            {t('sync.partition.stale', { keys: stale.map((v) => v.key).join(', ') })}{' '}
            <button type="button" className="link-button" onClick={() => set(values)}>
              {t('sync.partition.drop')}
            </button>
          </div>
        )}
      </div>
    </FieldRow>
  );
}
