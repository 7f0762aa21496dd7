import { Button, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { findingsOf } from '../../api/problem';
import type { WorkspaceMode } from '../../api/types';
import { useCreateWorkspace } from '../../api/workspaces';
import { FieldRow } from '../../components/FieldRow';
import { FindingsProvider } from '../../components/findings';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';

const ZONES = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }));

export function NewWorkspaceForm({ onCreated }: { onCreated: (name: string) => void }) {
  const t = useText();
  const create = useCreateWorkspace();
  const [name, setName] = useState('');
  const [mode, setMode] = useState<WorkspaceMode>('STANDARD');
  const [timeZone, setTimeZone] = useState(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  return (
    <FindingsProvider value={findingsOf(create.error)}>
      <div className="form-stack">
        <FieldRow label={t('workspace.name')} pointer="/name" required>
          <Input value={name} onChange={(e) => setName(e.target.value)} autoFocus />
        </FieldRow>
        <FieldRow label={t('workspace.mode')} pointer="/mode">
          <Radio.Group
            vertical
            value={mode}
            onChange={(e) => setMode(e.target.value as WorkspaceMode)}
            options={(['STANDARD', 'BASIC'] as const).map((m) => ({
              value: m,
              label: `${t(`workspace.mode.${m}`)} – ${t(`workspace.mode.${m}.hint`)}`,
            }))}
          />
        </FieldRow>
        <FieldRow label={t('workspace.timeZone')} pointer="/timeZone">
          <Select showSearch value={timeZone} onChange={setTimeZone} options={ZONES} />
        </FieldRow>
        <ProblemAlert error={create.error} />
        <Button
          type="primary"
          disabled={name.trim() === ''}
          loading={create.isPending}
          onClick={() => create.mutate({ name: name.trim(), mode, timeZone }, { onSuccess: (made) => onCreated(made.name) })}
        >
          {t('workspace.create')}
        </Button>
      </div>
    </FindingsProvider>
  );
}
