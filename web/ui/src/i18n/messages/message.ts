/** English, then Chinese. Both are required: a missing one does not compile. */
export type Message = readonly [english: string, chinese: string];
export type Messages = Record<string, Message>;
