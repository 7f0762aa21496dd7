import { frame } from './messages/frame';
import { operation } from './messages/operation';
import { settings } from './messages/settings';
import { studio } from './messages/studio';
import { sync } from './messages/sync';

/** Every text of the site: its key, then English, then Chinese. */
export const catalogue = { ...frame, ...studio, ...sync, ...settings, ...operation } as const;

export type MessageKey = keyof typeof catalogue;
