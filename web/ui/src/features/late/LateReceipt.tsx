import { Link } from 'react-router';
import type { Receipt } from '../../api/types';
import { formatCount } from '../../components/format';
import { useText } from '../../i18n/text';
import { useWorkspace } from '../workspace/workspaceContext';

/** What a copy found of older windows, for its receipt; nothing when it found nothing. */
export function LateReceipt({ receipt, node }: { receipt: Receipt; node: number }) {
  const t = useText();
  const { name } = useWorkspace();
  const late = receipt.late;
  if (!late || late.records === 0) return null;
  return (
    <Link to={`/w/${encodeURIComponent(name)}/ops/late?node=${node}`}>
      {t(late.policy === 'INCLUDE' ? 'late.receipt.included' : 'late.receipt', { n: formatCount(late.records) })}
    </Link>
  );
}
