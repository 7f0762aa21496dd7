import { CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import type { Finding } from '../api/problem';

interface Props {
  findings: Finding[];
  onOpen?: (finding: Finding) => void;
}

/** Findings of a check, errors first; a click leads to the field. */
export function FindingList({ findings, onOpen }: Props) {
  const sorted = findings.toSorted((a, b) => a.severity.localeCompare(b.severity));
  return (
    <ul className="finding-list">
      {sorted.map((finding, i) => (
        <li key={`${finding.field} ${i}`} className={`finding finding-${finding.severity}`}>
          {finding.severity === 'ERROR' ? <CloseCircleFilled /> : <WarningFilled />}
          <div>
            <div className="pre-line">{finding.message}</div>
            {finding.cure && <div className="muted">{finding.cure}</div>}
            {finding.field &&
              (onOpen ? (
                <button type="button" className="link-button mono" onClick={() => onOpen(finding)}>
                  {finding.field}
                </button>
              ) : (
                <span className="mono muted">{finding.field}</span>
              ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
