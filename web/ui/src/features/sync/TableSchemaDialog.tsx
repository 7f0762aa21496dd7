import { App, Alert, Modal, Spin } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useCreateTable, useGenerateTableSchema } from '../../api/dataSources';
import type { Environment } from '../../api/types';
import { EnvironmentBadge } from '../../components/EnvironmentBadge';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { environmentsOf, useWorkspace } from '../workspace/workspaceContext';
import { tableNameOf } from './tableNameOf';

const CodeEditor = lazy(async () => ({ default: (await import('../../components/CodeEditor')).CodeEditor }));

interface Props {
  source: string;
  topic: string;
  onCreated: (table: string) => void;
  onClose: () => void;
}

/** "Generate destination table schema": the statement is shown, may be edited, and is run on each side on request. */
export function TableSchemaDialog({ source, topic, onCreated, onClose }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const workspace = useWorkspace();
  const generate = useGenerateTableSchema(workspace.name, source);
  const create = useCreateTable(workspace.name, source);
  const [ddl, setDdl] = useState<string | null>(null);
  const [made, setMade] = useState<Environment[]>([]);
  const start = generate.mutate;
  useEffect(() => start({ topic }, { onSuccess: (schema) => setDdl(schema.ddl) }), [start, topic]);

  // Both sides need the table, or the node would be refused when it is deployed.
  const pending = environmentsOf(workspace).filter((environment) => !made.includes(environment));
  const run = async () => {
    for (const environment of pending) {
      await create.mutateAsync({ environment, ddl: ddl ?? '' });
      setMade((done) => [...done, environment]);
    }
    const name = tableNameOf(ddl ?? '');
    if (name) onCreated(name);
    void message.success(t('ddl.done', { name: name ?? topic }));
    onClose();
  };

  return (
    <Modal
      open
      width={720}
      title={t('sync.generate')}
      okText={t('ddl.run', { sides: pending.join(' + ') })}
      okButtonProps={{ disabled: !ddl || ddl.trim() === '' }}
      confirmLoading={create.isPending}
      onOk={() => void run().catch(() => undefined)}
      onCancel={onClose}
    >
      <div className="form-stack">
        <Alert
          type="info"
          title={
            <>
              {t('ddl.note')} {environmentsOf(workspace).map((e) => <EnvironmentBadge key={e} environment={e} />)}
            </>
          }
        />
        {generate.isPending && <Spin />}
        <ProblemAlert error={generate.error ?? create.error} />
        {made.length > 0 && <div className="verdict-good">{t('ddl.madeOn', { sides: made.join(', ') })}</div>}
        {ddl !== null && (
          <div className="ddl-editor">
            <Suspense fallback={<Spin />}>
              <CodeEditor label={t('ddl.statement')} language="text" value={ddl} findings={[]} onChange={setDdl} />
            </Suspense>
          </div>
        )}
      </div>
    </Modal>
  );
}
