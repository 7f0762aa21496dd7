import type { InstanceDetail, InstanceOperation } from '../../api/types';
import { formatCount } from '../../components/format';
import type { MessageKey, Values } from '../../i18n/text';

/** Those that have a button of their own; the others stand in the menu beside them. */
export const FIRST_OPERATIONS = ['RERUN', 'STOP', 'SET_SUCCESS'] as const satisfies InstanceOperation[];
export const MORE_OPERATIONS = [
  'RUN_NOW',
  'FREEZE',
  'UNFREEZE',
  'CHANGE_PRIORITY',
  'REMOVE_DEPENDENCY',
  'RERUN_WITH_DESCENDANTS',
] as const satisfies InstanceOperation[];

/** Those that mean the same for many instances at once. */
export const BULK_OPERATIONS = ['RERUN', 'STOP', 'SET_SUCCESS', 'RUN_NOW', 'FREEZE', 'UNFREEZE', 'CHANGE_PRIORITY'] as const satisfies InstanceOperation[];

export const PRIORITIES = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** Why an operation can't be done now, in the server's words; undefined when it can. */
export function refusalOf(operation: InstanceOperation, instance: Pick<InstanceDetail, 'operations'>): string | undefined {
  return instance.operations.find((known) => known.operation === operation)?.refusal ?? undefined;
}

/** Whether a rerun adds rows that are there already. The question before it says so. */
export function addsAgain(instance: Pick<InstanceDetail, 'receipt'>): boolean {
  return instance.receipt?.writeMode === 'INTO';
}

/** What an operation will touch, for the question before it. */
export function extentOf(operation: InstanceOperation, instance: Pick<InstanceDetail, 'receipt' | 'nodeName'>): { key: MessageKey; values: Values } {
  const { receipt } = instance;
  if (operation === 'RERUN' && receipt) {
    return {
      key: addsAgain(instance) ? 'extent.adds' : 'extent.overwrites',
      values: { partition: receipt.tablePartition ?? '', table: receipt.table, rows: formatCount(receipt.written) },
    };
  }
  return { key: `extent.${operation}`, values: { node: instance.nodeName } };
}

/** The parents that hold an instance back. */
export function holdingParents(instance: Pick<InstanceDetail, 'parents'>) {
  return (instance.parents ?? []).filter((parent) => parent.state !== 'SUCCESS');
}
