/** The table that a CREATE TABLE statement makes, without its project; undefined when it is no such statement. */
export function tableNameOf(ddl: string): string | undefined {
  const bare = ddl.replaceAll(/--[^\n]*/g, '').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  const found = /^\s*create\s+(?:external\s+)?table\s+(?:if\s+not\s+exists\s+)?((?:`[^`]+`|[\w$]+)(?:\s*\.\s*(?:`[^`]+`|[\w$]+))*)/i.exec(bare);
  return found?.[1]?.split('.').at(-1)?.trim().replaceAll('`', '');
}
