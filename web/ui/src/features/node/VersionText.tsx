import { useText } from '../../i18n/text';

export function VersionText({ version }: { version: number | null }) {
  const t = useText();
  return version === null ? <span className="muted">{t('common.none')}</span> : <span className="mono">{t('version.short', { n: version })}</span>;
}
