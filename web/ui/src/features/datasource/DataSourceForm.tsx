import { Button, Card, Input } from 'antd';
import { useState } from 'react';
import { findingsOf } from '../../api/problem';
import type { Environment } from '../../api/types';
import { EnvironmentBadge } from '../../components/EnvironmentBadge';
import { FieldRow } from '../../components/FieldRow';
import { FindingsProvider } from '../../components/findings';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { environmentsOf, useWorkspace } from '../workspace/workspaceContext';
import { ConnectivityTest } from './ConnectivityTest';
import { KafkaSideFields } from './KafkaSideFields';
import { MaxComputeSideFields } from './MaxComputeSideFields';
import { EMPTY_KAFKA, EMPTY_MAXCOMPUTE, type Forms } from './sideForm';

interface Props {
  /** Given when the data source exists: its name does not change and its sides can be tested. */
  name?: string;
  initial: Forms;
  saving: boolean;
  error: unknown;
  onSave: (name: string, forms: Forms) => void;
}

/** The sides of a data source, one for each environment of the workspace. */
export function DataSourceForm({ name: fixedName, initial, saving, error, onSave }: Props) {
  const t = useText();
  const workspace = useWorkspace();
  const [name, setName] = useState(fixedName ?? '');
  const [forms, setForms] = useState(initial);
  const changed = JSON.stringify(forms) !== JSON.stringify(initial);
  return (
    <FindingsProvider value={findingsOf(error)}>
      <div className="form-stack">
        {fixedName === undefined && (
          <FieldRow label={t('source.name')} pointer="/name" required hint={t('source.name.hint')}>
            <Input autoFocus value={name} onChange={(e) => setName(e.target.value)} />
          </FieldRow>
        )}
        <div className="source-sides">
          {environmentsOf(workspace).map((environment) => (
            <Card
              key={environment}
              size="small"
              title={<EnvironmentBadge environment={environment} />}
              extra={fixedName !== undefined && <ConnectivityTest name={fixedName} environment={environment} unsaved={changed} />}
            >
              <SideFields forms={forms} environment={environment} onChange={setForms} />
            </Card>
          ))}
        </div>
        <ProblemAlert error={error} />
        <div>
          <Button
            type="primary"
            loading={saving}
            disabled={name.trim() === '' || (fixedName !== undefined && !changed)}
            onClick={() => onSave(name.trim(), forms)}
          >
            {t(fixedName === undefined ? 'common.create' : 'toolbar.save')}
          </Button>
        </div>
      </div>
    </FindingsProvider>
  );
}

function SideFields({ forms, environment, onChange }: { forms: Forms; environment: Environment; onChange: (forms: Forms) => void }) {
  const pointer = `/sides/${environment}`;
  switch (forms.type) {
    case 'KAFKA':
      return (
        <KafkaSideFields
          pointer={pointer}
          form={forms.sides[environment] ?? EMPTY_KAFKA}
          onChange={(side) => onChange({ ...forms, sides: { ...forms.sides, [environment]: side } })}
        />
      );
    case 'MAXCOMPUTE':
      return (
        <MaxComputeSideFields
          pointer={pointer}
          form={forms.sides[environment] ?? EMPTY_MAXCOMPUTE}
          onChange={(side) => onChange({ ...forms, sides: { ...forms.sides, [environment]: side } })}
        />
      );
  }
}
