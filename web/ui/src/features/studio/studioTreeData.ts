interface NamedNode {
  name: string;
  workflow: string | null;
}

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

/** Workflows with their nodes, and the nodes that stand in none, as the root node; all sorted by name. */
export function treeOf<W extends { name: string }, N extends NamedNode>(workflows: W[], nodes: N[], filter: string) {
  const wanted = filter.trim().toLowerCase();
  const matches = (name: string) => name.toLowerCase().includes(wanted);
  const sorted = nodes.toSorted(byName);
  return {
    workflows: workflows
      .toSorted(byName)
      .map((w) => ({
        name: w.name,
        // A workflow whose own name matches is shown with all of its nodes.
        nodes: sorted.filter((n) => n.workflow === w.name && (matches(n.name) || matches(w.name))),
      }))
      .filter((w) => w.nodes.length > 0 || matches(w.name)),
    loose: sorted.filter((n) => n.workflow === null && matches(n.name)),
  };
}
