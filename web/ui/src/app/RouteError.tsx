import { Button } from 'antd';
import { useRouteError } from 'react-router';
import { ProblemAlert } from '../components/ProblemAlert';
import { useText } from '../i18n/text';

/** Shown instead of a page that broke; a newer build has other file names, which loading anew cures. */
export function RouteError() {
  const t = useText();
  const error = useRouteError();
  return (
    <div className="page">
      <ProblemAlert error={error} />
      <p>
        <Button onClick={() => window.location.reload()}>{t('common.reload')}</Button>
      </p>
    </div>
  );
}
