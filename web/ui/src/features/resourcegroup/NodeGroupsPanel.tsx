import { Select } from 'antd';
import { useResourceGroups } from '../../api/resourceGroups';
import type { ResourceGroup } from '../../api/types';
import { FieldRow } from '../../components/FieldRow';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import type { DraftEditor } from '../node/useDraftEditor';
import { useWorkspace } from '../workspace/workspaceContext';

/** Which pools of slots the node's instances take. */
export function NodeGroupsPanel({ editor }: { editor: DraftEditor }) {
  const t = useText();
  const groups = useResourceGroups(useWorkspace().name);
  const { resourceGroups } = editor.document;
  const options = (type: ResourceGroup['type']) =>
    (groups.data ?? [])
      .filter((g) => g.type === type)
      .map((g) => ({ value: g.name, label: t('groups.option', { name: g.name, slots: g.slots }) }));
  return (
    <div className="form-stack">
      <ProblemAlert error={groups.error} onRetry={() => void groups.refetch()} />
      <FieldRow label={t('groups.scheduling')} pointer="/resourceGroups/scheduling" hint={t('groups.scheduling.hint')}>
        <Select
          value={resourceGroups.scheduling}
          options={options('SCHEDULING')}
          onChange={(scheduling) => editor.change({ resourceGroups: { ...resourceGroups, scheduling } })}
        />
      </FieldRow>
      <FieldRow label={t('groups.integration')} pointer="/resourceGroups/dataIntegration" hint={t('groups.integration.hint')}>
        <Select
          value={resourceGroups.dataIntegration}
          options={options('DATA_INTEGRATION')}
          onChange={(dataIntegration) => editor.change({ resourceGroups: { ...resourceGroups, dataIntegration } })}
        />
      </FieldRow>
    </div>
  );
}
