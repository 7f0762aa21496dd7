import { Empty } from 'antd';
import type { ReactNode } from 'react';

/** An empty page says what comes next and offers one button for it. */
export function EmptyState({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <Empty className="empty-state" image={Empty.PRESENTED_IMAGE_SIMPLE} description={text}>
      {children}
    </Empty>
  );
}
