/** One line of the field mapping: a source field and the destination column it is written to. */
export interface MappingRow {
  source: string;
  destination: string;
}

export interface DestinationColumn {
  name: string;
  type: string;
  comment?: string | null;
}

export const ATTRIBUTE_FIELDS = ['__key__', '__value__', '__partition__', '__headers__', '__offset__', '__timestamp__'] as const;

export type FieldKind = 'ATTRIBUTE' | 'CONSTANT' | 'JSON';

/** What a source field is, by its spelling: `__key__`, `'text'`, or a path into the JSON value. */
export function kindOfField(field: string): FieldKind {
  if ((ATTRIBUTE_FIELDS as readonly string[]).includes(field)) return 'ATTRIBUTE';
  if (field.length >= 2 && field.startsWith("'") && field.endsWith("'")) return 'CONSTANT';
  return 'JSON';
}

/** The rows of two column lists, matched by position; a list that is longer leaves rows with an empty side. */
export function rowsOf(sources: string[], destinations: string[]): MappingRow[] {
  const length = Math.max(sources.length, destinations.length);
  return Array.from({ length }, (_, i) => ({ source: sources[i] ?? '', destination: destinations[i] ?? '' }));
}

/** Back to two lists of equal length; rows that name nothing are dropped. */
export function columnsOf(rows: MappingRow[]): { sources: string[]; destinations: string[] } {
  const kept = rows.filter((row) => row.source !== '' || row.destination !== '');
  return { sources: kept.map((row) => row.source), destinations: kept.map((row) => row.destination) };
}

/** Destination columns to which no row writes: they receive NULL. */
export function unmappedColumns(rows: MappingRow[], table: DestinationColumn[]): DestinationColumn[] {
  const used = new Set(rows.map((row) => row.destination.toLowerCase()));
  return table.filter((column) => !used.has(column.name.toLowerCase()));
}

/** An attribute where the column is named like one (`offset`, `__offset__`), else the JSON field of the same name. */
export function mapByName(table: DestinationColumn[]): MappingRow[] {
  return table.map((column) => {
    const bare = column.name.toLowerCase().replace(/^_+|_+$/g, '');
    const attribute = ATTRIBUTE_FIELDS.find((field) => field === `__${bare}__`);
    return { source: attribute ?? column.name, destination: column.name };
  });
}

/** The first source field to the first column, the second to the second, while both last. */
export function mapByRow(sources: string[], table: DestinationColumn[]): MappingRow[] {
  const fields = sources.filter((s) => s !== '');
  const from: readonly string[] = fields.length > 0 ? fields : ATTRIBUTE_FIELDS;
  const length = Math.min(from.length, table.length);
  return Array.from({ length }, (_, i) => ({ source: from[i] ?? '', destination: table[i]?.name ?? '' }));
}

/** Positions of rows that can't be written: an empty side, or a column that an earlier row has taken. */
export function brokenRows(rows: MappingRow[]): Map<number, 'empty' | 'twice'> {
  const broken = new Map<number, 'empty' | 'twice'>();
  const seen = new Set<string>();
  rows.forEach((row, i) => {
    const key = row.destination.toLowerCase();
    if (row.source === '' || row.destination === '') broken.set(i, 'empty');
    else if (seen.has(key)) broken.set(i, 'twice');
    seen.add(key);
  });
  return broken;
}
