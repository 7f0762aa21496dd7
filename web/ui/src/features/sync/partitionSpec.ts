export interface PartitionValue {
  key: string;
  value: string;
}

/** `ds=${partition},hh=${hour}` as keys and values. */
export function parsePartitionSpec(spec: string): PartitionValue[] {
  if (spec.trim() === '') return [];
  return spec.split(/[,/]/).map((part) => {
    const equals = part.indexOf('=');
    return equals < 0
      ? { key: part.trim(), value: '' }
      : { key: part.slice(0, equals).trim(), value: part.slice(equals + 1).trim().replace(/^(['"])(.*)\1$/, '$2') };
  });
}

export function formatPartitionSpec(values: PartitionValue[]): string {
  return values.map(({ key, value }) => `${key}=${value}`).join(',');
}

/** The values for the partition keys of a table, in its order; keys that the spec lacks start empty. */
export function valuesForKeys(spec: string, keys: string[]): PartitionValue[] {
  const known = parsePartitionSpec(spec);
  return keys.map((key) => known.find((v) => v.key.toLowerCase() === key.toLowerCase()) ?? { key, value: '' });
}
