import { QueryClient, QueryClientProvider, QueryCache } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect } from 'react';
import { RouterProvider } from 'react-router';
import { statusOf } from '../api/problem';
import { usePreferences } from './preferences';
import { router } from './router';
import { themeOf } from './theme';

const queries: QueryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      // A refusal stays one; only a server that does not answer is asked again.
      retry: (count, error) => count < 2 && (statusOf(error) ?? 0) === 0,
    },
  },
  queryCache: new QueryCache({
    // The session is over: the gate asks once more and leads to the sign-in page.
    onError: (error) => {
      if (statusOf(error) === 401) queries.setQueryData(['session'], null);
    },
  }),
});

export function Root() {
  const language = usePreferences((s) => s.language);
  const theme = usePreferences((s) => s.theme);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.dataset.theme = theme;
  }, [language, theme]);
  return (
    <ConfigProvider locale={language === 'zh' ? zhCN : enUS} theme={themeOf(theme)} wave={{ disabled: true }}>
      <App className="app-root">
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  );
}
