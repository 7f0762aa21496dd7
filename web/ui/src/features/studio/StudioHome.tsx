import { CheckCircleFilled, RightCircleOutlined } from '@ant-design/icons';
import { Button, Card } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useDataSources } from '../../api/dataSources';
import { useNodes } from '../../api/nodes';
import { useWorkflows } from '../../api/workflows';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';
import { CreateNodeDialog } from './CreateNodeDialog';
import { CreateWorkflowDialog } from './CreateWorkflowDialog';

interface Step {
  key: 'source' | 'workflow' | 'node' | 'commit' | 'deploy';
  done: boolean;
  action: ReactNode;
}

/** The first page of DataStudio: what is done on the way to the first copied window, and what comes next. */
export function StudioHome() {
  const t = useText();
  const { name, mode } = useWorkspace();
  const sources = useDataSources(name);
  const workflows = useWorkflows(name);
  const nodes = useNodes(name);
  const [dialog, setDialog] = useState<'workflow' | 'node' | null>(null);
  const base = `/w/${encodeURIComponent(name)}`;
  const own = (nodes.data ?? []).filter((n) => !n.root);
  const latest = own.at(-1);
  const types = new Set((sources.data ?? []).map((s) => s.type));

  const steps: Step[] = [
    { key: 'source', done: types.has('KAFKA') && types.has('MAXCOMPUTE'), action: <Link to={`${base}/sources`}><Button type="primary">{t('checklist.source.do')}</Button></Link> },
    { key: 'workflow', done: (workflows.data ?? []).length > 0, action: <Button type="primary" onClick={() => setDialog('workflow')}>{t('workflow.create')}</Button> },
    { key: 'node', done: own.length > 0, action: <Button type="primary" onClick={() => setDialog('node')}>{t('node.create')}</Button> },
    { key: 'commit', done: own.some((n) => n.committedVersion !== null), action: latest && <Link to={`${base}/studio/nodes/${latest.id}`}><Button type="primary">{t('checklist.commit.do')}</Button></Link> },
    // In a BASIC workspace a commit is live at once.
    ...(mode === 'BASIC' ? [] : [{ key: 'deploy' as const, done: own.some((n) => n.deployedVersion !== null), action: <Link to={`${base}/deployments`}><Button type="primary">{t('nav.deployments')}</Button></Link> }]),
  ];
  const next = steps.find((s) => !s.done)?.key;

  return (
    <div className="page studio-home">
      <h1>{t('checklist.title')}</h1>
      <p className="muted">{t(next ? 'checklist.intro' : 'checklist.allDone')}</p>
      <ol className="checklist">
        {steps.map((step, i) => (
          <li key={step.key}>
            <Card size="small" className={step.key === next ? 'checklist-next' : undefined}>
              <span className={step.done ? 'checklist-done' : 'muted'}>{step.done ? <CheckCircleFilled /> : <RightCircleOutlined />}</span>
              <div>
                <strong>{`${i + 1}. ${t(`checklist.${step.key}`)}`}</strong>
                <div className="muted">{t(`checklist.${step.key}.hint`)}</div>
              </div>
              <span className="spacer" />
              {step.key === next && step.action}
            </Card>
          </li>
        ))}
      </ol>
      {!next && (
        <Link to={`${base}/ops/instances`}>
          <Button type="primary">{t('checklist.watch')}</Button>
        </Link>
      )}
      {dialog === 'workflow' && <CreateWorkflowDialog onClose={() => setDialog(null)} />}
      {dialog === 'node' && <CreateNodeDialog onClose={() => setDialog(null)} />}
    </div>
  );
}
