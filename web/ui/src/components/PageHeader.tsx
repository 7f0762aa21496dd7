import type { ReactNode } from 'react';

interface Props {
  title: ReactNode;
  note?: ReactNode;
  children?: ReactNode;
}

export function PageHeader({ title, note, children }: Props) {
  return (
    <header className="page-header">
      <div>
        <h1>{title}</h1>
        {note && <div className="muted">{note}</div>}
      </div>
      <div className="page-actions">{children}</div>
    </header>
  );
}
