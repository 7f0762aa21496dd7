import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown, Popconfirm } from 'antd';
import { useTable } from '../../api/dataSources';
import { FieldFindings } from '../../components/FieldRow';
import { useFindingsAt } from '../../components/findings';
import { ProblemAlert } from '../../components/ProblemAlert';
import { pointerOfPath } from '../../components/scriptText';
import { useText } from '../../i18n/text';
import { authoringEnvironment, useWorkspace } from '../workspace/workspaceContext';
import { ATTRIBUTE_FIELDS, columnsOf, mapByName, mapByRow, rowsOf, unmappedColumns, type MappingRow } from './mapping';
import { MappingTable } from './MappingTable';
import type { SyncPartProps } from './SyncForm';
import { columnsAt, textAt } from './syncDocument';

export function MappingForm({ document, put }: SyncPartProps) {
  const t = useText();
  const workspace = useWorkspace();
  const source = textAt(document, [...document.writerPath, 'datasource']);
  const tableName = textAt(document, [...document.writerPath, 'table']);
  const table = useTable(workspace.name, source, tableName, authoringEnvironment(workspace));
  const readerColumns = [...document.readerPath, 'column'];
  const writerColumns = [...document.writerPath, 'column'];
  const readerFindings = useFindingsAt(pointerOfPath(readerColumns));
  const writerFindings = useFindingsAt(pointerOfPath(writerColumns));
  const rows = rowsOf(columnsAt(document, document.readerPath), columnsAt(document, document.writerPath));
  const columns = table.data?.columns ?? [];

  const setRows = (next: MappingRow[]) => {
    const { sources, destinations } = columnsOf(next);
    put([readerColumns, sources], [writerColumns, destinations]);
  };
  const add = (field: string) => setRows([...rows, { source: field, destination: unmappedColumns(rows, columns)[0]?.name ?? '' }]);
  // Only a mapping that fits the table is worth a question before it is replaced.
  const mapped = rows.some((row) => row.source !== '' && columns.some((c) => c.name.toLowerCase() === row.destination.toLowerCase()));
  const whole = (label: string, next: () => MappingRow[]) =>
    mapped ? (
      <Popconfirm title={t('mapping.replace', { n: rows.length })} onConfirm={() => setRows(next())} okText={label}>
        <Button size="small" disabled={columns.length === 0}>
          {label}
        </Button>
      </Popconfirm>
    ) : (
      <Button size="small" disabled={columns.length === 0} title={columns.length === 0 ? t('mapping.needsTable') : ''} onClick={() => setRows(next())}>
        {label}
      </Button>
    );

  return (
    <>
      <div className="mapping-tools">
        {whole(t('mapping.byName'), () => mapByName(columns))}
        {whole(t('mapping.byRow'), () => mapByRow(rows.map((r) => r.source), columns))}
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              {
                key: 'attribute',
                label: t('mapping.attribute'),
                children: ATTRIBUTE_FIELDS.map((field) => ({ key: field, label: <span className="mono">{field}</span> })),
              },
              { key: 'json', label: t('mapping.json') },
              { key: 'constant', label: t('mapping.constant') },
            ],
            onClick: ({ key }) => add(key === 'json' ? 'field' : key === 'constant' ? "'constant'" : key),
          }}
        >
          <Button size="small">
            {t('mapping.add')} <DownOutlined />
          </Button>
        </Dropdown>
        <span className="muted">{t('mapping.note')}</span>
      </div>
      <FieldFindings findings={[...readerFindings, ...writerFindings]} />
      <ProblemAlert error={table.error} onRetry={() => void table.refetch()} />
      <div className="mapping-scroll">
        <MappingTable
          rows={rows}
          columns={columns}
          readerPointer={pointerOfPath(readerColumns)}
          writerPointer={pointerOfPath(writerColumns)}
          onChange={setRows}
        />
      </div>
    </>
  );
}
