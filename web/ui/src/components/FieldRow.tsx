import { QuestionCircleOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useId, type ReactNode } from 'react';
import type { Finding } from '../api/problem';
import { useFindingsAt } from './findings';

interface Props {
  label: string;
  /** JSON pointer of the value, so that findings about it stand here. */
  pointer?: string;
  /** Findings about anything under the pointer stand here too. */
  below?: boolean;
  hint?: string;
  required?: boolean;
  error?: string | undefined;
  children: ReactNode;
}

/** A labelled control with what was found about it. */
export function FieldRow({ label, pointer, below = false, hint, required = false, error, children }: Props) {
  const id = useId();
  const findings = useFindingsAt(pointer, below);
  const blocked = error !== undefined || findings.some((f) => f.severity === 'ERROR');
  return (
    <div className={`field-row${blocked ? ' field-row-error' : ''}`} role="group" aria-labelledby={id} data-pointer={pointer}>
      <div id={id} className="field-label">
        {required && <span className="field-required">*</span>}
        {label}
        {hint && (
          <Tooltip title={hint}>
            <QuestionCircleOutlined className="field-hint" />
          </Tooltip>
        )}
      </div>
      {children}
      {error && <div className="field-message field-message-ERROR">{error}</div>}
      <FieldFindings findings={findings} />
    </div>
  );
}

export function FieldFindings({ findings }: { findings: Finding[] }) {
  return findings.map((finding) => (
    <div key={finding.message} className={`field-message field-message-${finding.severity}`} role="alert">
      {finding.message}
      {finding.cure && <span className="muted"> {finding.cure}</span>}
    </div>
  ));
}
