import { RedoOutlined } from '@ant-design/icons';
import { Alert, App, Button, Tooltip } from 'antd';
import { Link } from 'react-router';
import { useRepairInstance } from '../../api/instances';
import type { InstanceDetail, LateSummary } from '../../api/types';
import { formatCount } from '../../components/format';
import { InstantText } from '../../components/InstantText';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';
import { extentOf, refusalOf } from '../instance/actions';
import { useWorkspace } from '../workspace/workspaceContext';

/** What was found of an instance's window after it had been copied, and the button that brings it in. */
export function LateNotice({ instance }: { instance: InstanceDetail }) {
  const t = useText();
  const late = instance.late;
  if (late === null) return null;
  if (late.missing === 0) {
    const key = late.repaired > 0 ? 'late.repaired' : 'late.included';
    return <Alert type="info" showIcon title={t(key, { n: formatCount(late.repaired > 0 ? late.repaired : late.included) })} />;
  }
  return (
    <Alert
      type="warning"
      showIcon
      title={t('late.missing', { n: formatCount(late.missing) })}
      description={<MissingRanges late={late} />}
      action={<RepairButton instance={instance} late={late} />}
    />
  );
}

function MissingRanges({ late }: { late: LateSummary }) {
  const t = useText();
  const { name } = useWorkspace();
  return (
    <div className="late-ranges">
      <ul>
        {late.partitions.map((p) => (
          <li key={p.partition} className="mono">
            {t(p.firstOffset === p.lastOffset ? 'late.range.one' : 'late.range', {
              partition: p.partition,
              n: formatCount(p.records),
              first: formatCount(p.firstOffset),
              last: formatCount(p.lastOffset),
            })}
          </li>
        ))}
      </ul>
      <div>
        {late.since !== null && (
          <>
            {t('late.since')} <InstantText at={late.since} precision="second" />{' '}
          </>
        )}
        {late.foundBy.length > 0 && t('late.foundBy')}{' '}
        {late.foundBy.map((finder) => (
          <Link key={finder.id} to={`/w/${encodeURIComponent(name)}/ops/instances/${finder.id}`}>
            {finder.scheduledLocal.replace('T', ' ').slice(0, 16)}{' '}
          </Link>
        ))}
      </div>
    </div>
  );
}

function RepairButton({ instance, late }: { instance: InstanceDetail; late: LateSummary }) {
  const t = useText();
  const { modal } = App.useApp();
  const repair = useRepairInstance(instance.id);
  const hint = late.repairable ? (refusalOf('RERUN', instance) ?? '') : t('late.repair.adds');
  const ask = () => {
    const extent = extentOf('RERUN', instance);
    modal.confirm({
      title: t('late.repair.title', { n: formatCount(late.missing) }),
      content: (
        <p className="pre-line">
          {t(extent.key, extent.values)} {t('late.repair.children')}
        </p>
      ),
      okText: t('late.repair'),
      onOk: () =>
        repair.mutateAsync().catch((error: unknown) => {
          modal.error({ title: t('late.repair.failed'), content: <ProblemAlert error={error} /> });
        }),
    });
  };
  return (
    <Tooltip title={hint}>
      <Button size="small" icon={<RedoOutlined />} disabled={hint !== ''} loading={repair.isPending} onClick={ask}>
        {t('late.repair')}
      </Button>
    </Tooltip>
  );
}
