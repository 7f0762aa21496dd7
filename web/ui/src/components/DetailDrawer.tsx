import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';

interface Props {
  title: ReactNode;
  extra?: ReactNode;
  /** Relative address of the list; its filters in the query are kept. */
  back: string;
  children: ReactNode;
}

/** What a list shows of one row, over the list and with its own address. */
export function DetailDrawer({ title, extra, back, children }: Props) {
  const navigate = useNavigate();
  const { search } = useLocation();
  return (
    <Drawer
      open
      title={title}
      extra={extra}
      size="min(1120px, 86vw)"
      onClose={() => void navigate({ pathname: back, search }, { relative: 'path' })}
      styles={{ body: { padding: 16 } }}
    >
      {children}
    </Drawer>
  );
}
