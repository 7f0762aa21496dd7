import { Button, Space } from 'antd';
import { useState } from 'react';
import type { Instance } from '../../api/types';
import { useText } from '../../i18n/text';
import { BULK_OPERATIONS } from './actions';
import { BulkDialog } from './BulkDialog';

type Operation = (typeof BULK_OPERATIONS)[number];

/** What can be done to the chosen rows. The server says for each whether it could be done. */
export function BulkBar({ chosen, onClear }: { chosen: Instance[]; onClear: () => void }) {
  const t = useText();
  const [asking, setAsking] = useState<Operation | null>(null);
  if (chosen.length === 0) return null;
  return (
    <>
      <Space wrap className="bulk-bar" role="toolbar" aria-label={t('bulk.title')}>
        <span>{t('bulk.chosen', { n: chosen.length })}</span>
        {BULK_OPERATIONS.map((operation) => (
          <Button key={operation} size="small" onClick={() => setAsking(operation)}>
            {t(`operation.${operation}`)}
          </Button>
        ))}
        <Button size="small" type="link" onClick={onClear}>
          {t('bulk.clear')}
        </Button>
      </Space>
      {asking && <BulkDialog operation={asking} chosen={chosen} onClose={() => setAsking(null)} onDone={onClear} />}
    </>
  );
}
