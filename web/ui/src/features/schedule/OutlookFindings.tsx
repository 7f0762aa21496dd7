import type { Outlook, OutlookFinding } from '../../api/types';
import { useText } from '../../i18n/text';
import { byEffect, shownLocal } from './outlook';

/** What will happen in the coming year, the graver first; one line when nothing will. */
export function OutlookFindings({ outlook }: { outlook: Outlook }) {
  const t = useText();
  return (
    <div className="outlook">
      {outlook.findings.map((finding) => (
        <Finding key={finding.kind} finding={finding} />
      ))}
      {byEffect(outlook.clockChanges).map(({ effect, first, count }) => (
        <div key={effect} className="muted">
          {t(`outlook.clocks.${effect}`, { first: shownLocal(first), count })}
        </div>
      ))}
      <div className="muted">
        {outlook.findings.length === 0 && `${t('outlook.nothing')} `}
        {t('outlook.covered', { runs: outlook.runs, to: outlook.to })}
        {outlook.allUntil < outlook.to && ` ${t('outlook.partly', { until: outlook.allUntil })}`}
      </div>
    </div>
  );
}

function Finding({ finding }: { finding: OutlookFinding }) {
  const t = useText();
  const values = {
    first: shownLocal(finding.firstRun),
    from: shownLocal(finding.from),
    to: shownLocal(finding.to),
    place: finding.place ?? '',
  };
  return (
    <div className={`field-message field-message-${finding.severity}`} role="alert">
      {t(`outlook.${finding.kind}`, values)}
      {finding.count > 1 && ` ${t('outlook.times', { count: finding.count })}`}
      <span className="muted"> {t(`outlook.cure.${finding.kind}`)}</span>
    </div>
  );
}
