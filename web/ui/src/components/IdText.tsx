import { App, Tooltip } from 'antd';
import { useText } from '../i18n/text';

/** An id in monospace that is copied on click. */
export function IdText({ id }: { id: string | number }) {
  const t = useText();
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard?.writeText(String(id));
    void message.success(t('common.copied'));
  };
  return (
    <Tooltip title={t('common.copy')}>
      <button type="button" className="id-text mono" onClick={() => void copy()}>
        {id}
      </button>
    </Tooltip>
  );
}
