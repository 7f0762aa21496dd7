import type { DataSource, Environment, KafkaSide, MaxComputeSide, NewMaxComputeSide } from '../../api/types';

/** A further consumer property while it is edited. `stored` says that the server has a secret under the name. */
export interface PropertyRow {
  name: string;
  value: string;
  stored: boolean;
}

export interface KafkaForm {
  bootstrapServers: string;
  properties: PropertyRow[];
}

export interface MaxComputeForm {
  endpoint: string;
  project: string;
  accessId: string;
  accessKey: string;
  keyStored: boolean;
  tunnelEndpoint: string;
}

export type Forms =
  | { type: 'KAFKA'; sides: Partial<Record<Environment, KafkaForm>> }
  | { type: 'MAXCOMPUTE'; sides: Partial<Record<Environment, MaxComputeForm>> };

/** As the server sees it: these values are never given back. */
export function isSecret(name: string): boolean {
  return name === 'sasl.jaas.config' || name.toLowerCase().includes('password');
}

export const EMPTY_KAFKA: KafkaForm = { bootstrapServers: '', properties: [] };
export const EMPTY_MAXCOMPUTE: MaxComputeForm = { endpoint: '', project: '', accessId: '', accessKey: '', keyStored: false, tunnelEndpoint: '' };

export function kafkaForm(side: KafkaSide): KafkaForm {
  return {
    bootstrapServers: side.bootstrapServers,
    properties: Object.entries(side.properties).map(([name, value]) =>
      typeof value === 'string' ? { name, value, stored: false } : { name, value: '', stored: value.set },
    ),
  };
}

/** A secret that was left empty keeps its stored value. */
export function kafkaSide(form: KafkaForm): KafkaSide {
  const named = form.properties.filter((p) => p.name.trim() !== '');
  return {
    bootstrapServers: form.bootstrapServers.trim(),
    properties: Object.fromEntries(named.map((p) => [p.name.trim(), p.stored && p.value === '' ? { set: true } : p.value])),
  };
}

export function maxComputeForm(side: MaxComputeSide): MaxComputeForm {
  return {
    endpoint: side.endpoint,
    project: side.project,
    accessId: side.accessId,
    accessKey: '',
    keyStored: side.accessKey.set,
    tunnelEndpoint: side.tunnelEndpoint ?? '',
  };
}

export function maxComputeSide(form: MaxComputeForm): NewMaxComputeSide {
  return {
    endpoint: form.endpoint.trim(),
    project: form.project.trim(),
    accessId: form.accessId.trim(),
    accessKey: form.keyStored && form.accessKey === '' ? { set: true } : form.accessKey,
    tunnelEndpoint: form.tunnelEndpoint.trim() === '' ? null : form.tunnelEndpoint.trim(),
  };
}

export function formsOf(source: DataSource): Forms {
  return source.type === 'KAFKA'
    ? { type: 'KAFKA', sides: mapSides(source.sides, kafkaForm) }
    : { type: 'MAXCOMPUTE', sides: mapSides(source.sides, maxComputeForm) };
}

export function mapSides<A, B>(sides: Partial<Record<Environment, A>>, map: (side: A) => B): Partial<Record<Environment, B>> {
  return {
    ...(sides.DEV ? { DEV: map(sides.DEV) } : {}),
    ...(sides.PROD ? { PROD: map(sides.PROD) } : {}),
  };
}
