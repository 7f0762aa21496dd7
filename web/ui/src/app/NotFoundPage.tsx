import { Button } from 'antd';
import { Link } from 'react-router';
import { EmptyState } from '../components/EmptyState';
import { useText } from '../i18n/text';

export function NotFoundPage() {
  const t = useText();
  return (
    <div className="page">
      <EmptyState text={t('notFound.text')}>
        <Link to="/">
          <Button type="primary">{t('notFound.home')}</Button>
        </Link>
      </EmptyState>
    </div>
  );
}
