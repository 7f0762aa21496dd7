import { DatePicker, Input, Modal, Radio } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useStartTestRun } from '../../api/nodes';
import { findingsOf } from '../../api/problem';
import type { Node, NodeDocument } from '../../api/types';
import { FieldRow } from '../../components/FieldRow';
import { FindingsProvider } from '../../components/findings';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';
import { askedParameters, testRunOf, type TestRunForm } from './testRun';

interface Props {
  node: Node;
  /** As it was saved last. */
  document: NodeDocument;
  onClose: () => void;
}

/** Runs the node once by hand, with values for its parameters or those of a business date. */
export function TestRunDialog({ node, document, onClose }: Props) {
  const t = useText();
  const navigate = useNavigate();
  const { name: workspace, mode } = useWorkspace();
  const start = useStartTestRun(node.id);
  const [form, setForm] = useState<TestRunForm>({ code: 'DRAFT', businessDate: '', at: '', given: {} });
  const findings = findingsOf(start.error);
  const asked = askedParameters(document);
  const send = () =>
    start.mutate(testRunOf(form), {
      onSuccess: (instance) => {
        onClose();
        void navigate(`/w/${encodeURIComponent(workspace)}/ops/instances/${instance.id}?environment=${instance.environment}`);
      },
    });
  return (
    <Modal
      open
      title={t('testRun.title', { name: node.name })}
      okText={t('testRun.start')}
      confirmLoading={start.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <FindingsProvider value={findings}>
        <div className="form-stack">
          <p>{t(mode === 'STANDARD' ? 'testRun.extent' : 'testRun.extentLive')}</p>
          <FieldRow label={t('testRun.code')} pointer="/version">
            <Radio.Group
              value={form.code}
              onChange={(e) => setForm({ ...form, code: e.target.value as TestRunForm['code'] })}
              options={[
                { value: 'DRAFT', label: t('testRun.draft') },
                { value: 'COMMITTED', label: t('testRun.committed', { n: node.committedVersion ?? t('common.none') }), disabled: node.committedVersion === null },
              ]}
            />
          </FieldRow>
          <FieldRow label={t('instance.businessDate')} hint={t('testRun.businessDate.hint')} pointer="/businessDate">
            <DatePicker
              value={form.businessDate === '' ? null : dayjs(form.businessDate)}
              onChange={(date) => setForm({ ...form, businessDate: date?.format('YYYY-MM-DD') ?? '', at: date ? form.at : '' })}
            />
          </FieldRow>
          {form.businessDate !== '' && (
            <FieldRow label={t('testRun.at')} hint={t('testRun.at.hint')} pointer="/at">
              <Input value={form.at} placeholder="HH:mm" onChange={(e) => setForm({ ...form, at: e.target.value })} />
            </FieldRow>
          )}
          {asked.map(({ name, expression }) => (
            <FieldRow key={name} label={name} pointer={`/parameters/${name}`} hint={t('testRun.parameter.hint')}>
              <Input
                value={form.given[name] ?? ''}
                placeholder={expression}
                onChange={(e) => setForm({ ...form, given: { ...form.given, [name]: e.target.value } })}
              />
            </FieldRow>
          ))}
          <ProblemAlert error={start.error} />
        </div>
      </FindingsProvider>
    </Modal>
  );
}
