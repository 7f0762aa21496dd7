import { theme as antd, type ThemeConfig } from 'antd';
import type { ThemeName } from './preferences';

export const SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

export function themeOf(name: ThemeName): ThemeConfig {
  return {
    algorithm: name === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: '#1668dc',
      borderRadius: 4,
      fontSize: 13,
      fontFamily: SANS,
      controlHeight: 30,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
    components: {
      Table: { cellPaddingBlock: 8, cellPaddingBlockMD: 6, cellPaddingBlockSM: 5, headerBorderRadius: 0 },
      Tag: { lineHeightSM: 1.5 },
      Tabs: { horizontalMargin: '0' },
    },
  };
}
