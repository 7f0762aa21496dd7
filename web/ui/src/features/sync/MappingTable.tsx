import { DeleteOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Tag } from 'antd';
import { useState } from 'react';
import { FieldFindings } from '../../components/FieldRow';
import { useFindingsAt } from '../../components/findings';
import { useText } from '../../i18n/text';
import { ATTRIBUTE_FIELDS, brokenRows, kindOfField, unmappedColumns, type DestinationColumn, type MappingRow } from './mapping';

interface Props {
  rows: MappingRow[];
  columns: DestinationColumn[];
  readerPointer: string;
  writerPointer: string;
  onChange: (rows: MappingRow[]) => void;
}

/** Source field to destination column, then the columns that receive NULL. */
export function MappingTable({ rows, columns, readerPointer, writerPointer, onChange }: Props) {
  const t = useText();
  const broken = brokenRows(rows);
  const free = unmappedColumns(rows, columns);
  const set = (i: number, part: Partial<MappingRow>) => onChange(rows.map((row, j) => (j === i ? { ...row, ...part } : row)));
  return (
    <table className="mapping-table">
      <thead>
        <tr>
          <th className="number">#</th>
          <th>{t('mapping.source')}</th>
          <th className="mapping-kind">{t('mapping.kind')}</th>
          <th aria-hidden />
          <th>{t('mapping.destination')}</th>
          <th>{t('mapping.type')}</th>
          <th aria-label={t('common.actions')} />
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <Line
            // Rows have no identity of their own: their position is what the script knows.
            // eslint-disable-next-line react/no-array-index-key
            key={i}
            index={i}
            row={row}
            free={free}
            column={columns.find((c) => c.name.toLowerCase() === row.destination.toLowerCase())}
            unknown={columns.length > 0}
            problem={broken.get(i)}
            readerPointer={`${readerPointer}/${i}`}
            writerPointer={`${writerPointer}/${i}`}
            onChange={(part) => set(i, part)}
            onRemove={() => onChange(rows.filter((_, j) => j !== i))}
          />
        ))}
        {free.map((column) => (
          <FreeLine key={column.name} column={column} onMap={(source) => onChange([...rows, { source, destination: column.name }])} />
        ))}
        {rows.length === 0 && free.length === 0 && (
          <tr>
            <td colSpan={7} className="muted">
              {t('mapping.empty')}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** A column without a source. It becomes a line of the mapping when the field has been typed to its end. */
function FreeLine({ column, onMap }: { column: DestinationColumn; onMap: (source: string) => void }) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const finish = (field: string) => field.trim() !== '' && onMap(field.trim());
  return (
    <tr className="mapping-free">
      <td className="number">–</td>
      <td onBlur={() => finish(typed)}>
        <SourceInput value={typed} placeholder={t('mapping.null')} onChange={setTyped} onSelect={finish} />
      </td>
      <td className="mapping-kind" />
      <td aria-hidden>→</td>
      <td className="mono">{column.name}</td>
      <td className="mono muted">{column.type}</td>
      <td />
    </tr>
  );
}

interface LineProps {
  index: number;
  row: MappingRow;
  free: DestinationColumn[];
  column: DestinationColumn | undefined;
  /** The table is known, so that a column which is not in it is wrong. */
  unknown: boolean;
  problem: 'empty' | 'twice' | undefined;
  readerPointer: string;
  writerPointer: string;
  onChange: (part: Partial<MappingRow>) => void;
  onRemove: () => void;
}

function Line({ index, row, free, column, unknown, problem, readerPointer, writerPointer, onChange, onRemove }: LineProps) {
  const t = useText();
  const findings = [...useFindingsAt(readerPointer, true), ...useFindingsAt(writerPointer, true)];
  const missing = unknown && !column && row.destination !== '';
  return (
    <tr className={problem || missing ? 'mapping-broken' : undefined}>
      <td className="number muted">{index + 1}</td>
      <td>
        <SourceInput value={row.source} onChange={(source) => onChange({ source })} />
        <FieldFindings findings={findings} />
      </td>
      <td className="mapping-kind">{row.source !== '' && <Tag>{t(`mapping.kind.${kindOfField(row.source)}`)}</Tag>}</td>
      <td aria-hidden>→</td>
      <td>
        <AutoComplete
          className="mono"
          aria-label={t('mapping.destination')}
          value={row.destination}
          status={problem || missing ? 'error' : ''}
          options={free.map((c) => ({ value: c.name, label: `${c.name}  ${c.type}` }))}
          onChange={(destination: string) => onChange({ destination })}
        />
        {problem && <div className="field-message field-message-ERROR">{t(`mapping.problem.${problem}`)}</div>}
        {missing && <div className="field-message field-message-ERROR">{t('mapping.problem.missing')}</div>}
      </td>
      <td className="mono muted" title={column?.comment ?? undefined}>
        {column?.type}
      </td>
      <td>
        <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('mapping.remove', { n: index + 1 })} onClick={onRemove} />
      </td>
    </tr>
  );
}

interface SourceInputProps {
  value: string;
  placeholder?: string;
  onChange: (field: string) => void;
  onSelect?: (field: string) => void;
}

function SourceInput({ value, placeholder, onChange, onSelect }: SourceInputProps) {
  const t = useText();
  return (
    <AutoComplete
      className="mono"
      aria-label={t('mapping.source')}
      value={value}
      placeholder={placeholder}
      options={ATTRIBUTE_FIELDS.map((field) => ({ value: field, label: field }))}
      onChange={onChange}
      {...(onSelect ? { onSelect } : {})}
    />
  );
}
