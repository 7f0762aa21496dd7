import { DownloadOutlined } from '@ant-design/icons';
import { Button, Switch } from 'antd';
import { useEffect, useRef, useState, type UIEvent } from 'react';
import { useText } from '../i18n/text';

/** Longer logs are shown from their tail; the download has all of it. */
const SHOWN_CHARACTERS_MAX = 400_000;

interface Props {
  text: string;
  fileName: string;
  /** More lines may come. */
  live: boolean;
}

/** A log that follows its end until the reader scrolls up. */
export function LogView({ text, fileName, live }: Props) {
  const t = useText();
  const [follow, setFollow] = useState(true);
  const box = useRef<HTMLPreElement>(null);
  const shown = text.length > SHOWN_CHARACTERS_MAX ? text.slice(-SHOWN_CHARACTERS_MAX) : text;

  useEffect(() => {
    if (follow && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [shown, follow]);

  const scrolled = (event: UIEvent<HTMLPreElement>) => {
    const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
    const atEnd = scrollHeight - scrollTop - clientHeight < 24;
    if (atEnd !== follow) setFollow(atEnd);
  };

  return (
    <section className="log-view" aria-label={t('log.title')}>
      <div className="log-bar">
        <span className="muted">{live ? t('log.live') : t('log.complete')}</span>
        {shown.length < text.length && <span className="muted">{t('log.shortened')}</span>}
        <span className="spacer" />
        <label className="log-follow">
          <Switch size="small" checked={follow} onChange={setFollow} /> {t('log.follow')}
        </label>
        <Button size="small" icon={<DownloadOutlined />} disabled={text === ''} onClick={() => download(text, fileName)}>
          {t('log.download')}
        </Button>
      </div>
      <pre ref={box} className="log-lines mono" onScroll={scrolled} tabIndex={0}>
        {shown === '' ? t('log.empty') : shown}
      </pre>
    </section>
  );
}

function download(text: string, fileName: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
