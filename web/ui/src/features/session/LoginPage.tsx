import { Button, Card, Input } from 'antd';
import { useState, type SyntheticEvent } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { statusOf } from '../../api/problem';
import { useSession, useSignIn } from '../../api/session';
import { LanguageSwitch, ThemeSwitch } from '../../app/PreferenceSwitches';
import { Logo } from '../../app/Logo';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useText } from '../../i18n/text';

/** Only addresses of this site are followed after signing in. */
function safeNext(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') ? next : '/';
}

export function LoginPage() {
  const t = useText();
  const session = useSession();
  const signIn = useSignIn();
  const [search] = useSearchParams();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  if (session.data) return <Navigate to={safeNext(search.get('next'))} replace />;

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (name !== '' && password !== '') signIn.mutate({ name, password });
  };
  const wrong = statusOf(signIn.error) === 401;

  return (
    <main className="login">
      <div className="login-tools">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      <Card className="login-card">
        <div className="login-brand">
          <Logo size={36} />
          <div>
            <h1>Tidegate</h1>
            <div className="muted">{t('login.slogan')}</div>
          </div>
        </div>
        <form onSubmit={submit}>
          <label htmlFor="login-name">{t('login.name')}</label>
          <Input id="login-name" size="large" autoFocus autoComplete="username" value={name} onChange={(e) => setName(e.target.value)} />
          <label htmlFor="login-password">{t('login.password')}</label>
          <Input.Password
            id="login-password"
            size="large"
            autoComplete="current-password"
            value={password}
            status={wrong ? 'error' : ''}
            onChange={(e) => setPassword(e.target.value)}
          />
          {wrong ? (
            <div className="field-message field-message-ERROR" role="alert">
              {t('login.wrong')}
            </div>
          ) : (
            <ProblemAlert error={signIn.error} />
          )}
          <Button type="primary" size="large" block htmlType="submit" loading={signIn.isPending} disabled={name === '' || password === ''}>
            {t('login.submit')}
          </Button>
        </form>
      </Card>
    </main>
  );
}
