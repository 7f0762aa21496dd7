import { MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useText } from '../i18n/text';
import { usePreferences } from './preferences';

export function LanguageSwitch() {
  const t = useText();
  const { language, setLanguage } = usePreferences();
  return (
    <Tooltip title={t('preferences.language')}>
      <Button type="text" className="bar-button" onClick={() => setLanguage(language === 'en' ? 'zh' : 'en')}>
        {t('preferences.otherLanguage')}
      </Button>
    </Tooltip>
  );
}

export function ThemeSwitch() {
  const t = useText();
  const { theme, setTheme } = usePreferences();
  const dark = theme === 'dark';
  return (
    <Tooltip title={t(dark ? 'preferences.light' : 'preferences.dark')}>
      <Button
        type="text"
        className="bar-button"
        aria-label={t(dark ? 'preferences.light' : 'preferences.dark')}
        icon={dark ? <SunOutlined /> : <MoonOutlined />}
        onClick={() => setTheme(dark ? 'light' : 'dark')}
      />
    </Tooltip>
  );
}
