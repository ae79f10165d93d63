/** What a diagram is, for people who cannot see it: its title when it has one, its kind otherwise. */
export function describeDiagram(source: string): string {
  const body = source.replace(/^---\n[^]*?\n---\n/, "").replaceAll(/%%.*$/gm, "");
  const word = /^\s*([A-Za-z][\w-]*)/.exec(body)?.[1] ?? "";
  const kind = kinds[word.replace(/-(?:beta|v2)$/, "").toLowerCase()] ?? "Diagram";
  const title = /^\s*(?:accTitle:|title:?)\s*(.+)$/m.exec(source)?.[1]?.trim().replace(/^"|"$/g, "");
  return title ? `${kind}: ${title.slice(0, 200)}` : kind;
}

const kinds: Readonly<Record<string, string>> = {
  architecture: "Architecture diagram",
  block: "Block diagram",
  classdiagram: "Class diagram",
  erdiagram: "Entity relationship diagram",
  flowchart: "Flowchart",
  gantt: "Gantt chart",
  gitgraph: "Git graph",
  graph: "Flowchart",
  journey: "User journey",
  kanban: "Kanban board",
  mindmap: "Mind map",
  packet: "Packet diagram",
  pie: "Pie chart",
  quadrantchart: "Quadrant chart",
  requirementdiagram: "Requirement diagram",
  sankey: "Sankey diagram",
  sequencediagram: "Sequence diagram",
  statediagram: "State diagram",
  timeline: "Timeline",
  xychart: "Chart",
};
