import type { Environment } from '../api/types';
import { useText } from '../i18n/text';

/** Where an action lands: DEV blue, PROD red. */
export function EnvironmentBadge({ environment }: { environment: Environment }) {
  const t = useText();
  return (
    <span className={`environment-badge environment-${environment}`} title={t(`environment.${environment}.hint`)}>
      {environment}
    </span>
  );
}
