import { Button, Modal, Switch } from 'antd';
import { useState } from 'react';
import { useChangeWorkspace } from '../../api/workspaces';
import { FieldRow } from '../../components/FieldRow';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { CatchUpFields } from '../schedule/CatchUpFields';
import { useWorkspace } from './workspaceContext';

/** Whether instances are planned on the calendar, and what becomes of times that passed meanwhile. */
export function SchedulingSettings() {
  const t = useText();
  const { name, periodicScheduling, catchUp } = useWorkspace();
  const change = useChangeWorkspace(name);
  const [asking, setAsking] = useState(false);
  const switchOn = (planMissed: boolean) =>
    change.mutate({ periodicScheduling: true, planMissed }, { onSuccess: () => setAsking(false) });
  return (
    <div className="form-stack">
      <FieldRow label={t('workspace.periodic')} hint={t('workspace.periodic.off')}>
        <Switch
          aria-label={t('workspace.periodic')}
          checked={periodicScheduling}
          loading={change.isPending}
          onChange={(on) => (on ? setAsking(true) : change.mutate({ periodicScheduling: false }))}
        />
      </FieldRow>
      <CatchUpFields value={catchUp} pointer="/catchUp" onChange={(value) => value && change.mutate({ catchUp: value })} />
      <ProblemAlert error={change.error} />
      <Modal
        open={asking}
        title={t('workspace.periodic.on')}
        onCancel={() => setAsking(false)}
        footer={[
          <Button key="planMissed" onClick={() => switchOn(true)}>
            {t('workspace.periodic.planMissed')}
          </Button>,
          <Button key="fromNow" type="primary" onClick={() => switchOn(false)}>
            {t('workspace.periodic.fromNow')}
          </Button>,
        ]}
      >
        {t('workspace.periodic.question')}
      </Modal>
    </div>
  );
}
