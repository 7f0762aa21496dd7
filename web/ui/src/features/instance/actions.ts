import type { InstanceAction } from '../../api/instances';
import type { InstanceDetail, InstanceState } from '../../api/types';
import { formatCount } from '../../components/format';
import type { MessageKey, Values } from '../../i18n/text';

const ALLOWED: Record<InstanceAction, InstanceState[]> = {
  rerun: ['NOT_RUN', 'SUCCESS', 'FAILED'],
  stop: ['WAIT_TIME', 'WAIT_RESOURCE', 'RUNNING'],
  'set-success': ['FAILED'],
};

/** Why an action can't be taken in the instance's state; undefined when it can. */
export function refusalOf(action: InstanceAction, instance: Pick<InstanceDetail, 'state'>): MessageKey | undefined {
  return ALLOWED[action].includes(instance.state) ? undefined : `action.${action}.refused`;
}

/** What an action will touch, for the question before it. */
export function extentOf(action: InstanceAction, instance: InstanceDetail): { key: MessageKey; values: Values } {
  const { receipt } = instance;
  if (action === 'rerun' && receipt) {
    return {
      key: receipt.writeMode === 'OVERWRITE' ? 'action.rerun.overwrites' : 'action.rerun.adds',
      values: { partition: receipt.tablePartition ?? '', table: receipt.table, rows: formatCount(receipt.written) },
    };
  }
  return { key: `action.${action}.extent`, values: { node: instance.nodeName } };
}
