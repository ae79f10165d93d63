import type { OpenApi, Operation } from "./document.ts";

/** The document as a page to read: plain HTML, nothing to run. */
export function docsPage(document: OpenApi): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  );
  const sections = document.tags
    .map(({ name }) => ({ name, rows: operations.filter(({ operation }) => operation.tags.includes(name)) }))
    .filter(({ rows }) => rows.length > 0);
  const contents = sections.map(
    ({ name, rows }) => `<li><a href="#${anchor(name)}">${escape(name)}</a><ul>${rows.map(link).join("")}</ul></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Pier's API</title>
<link rel="stylesheet" href="docs.css">
</head>
<body>
<header>
<h1>${escape(document.info.title)} ${escape(document.info.version)}</h1>
<p>${escape(document.info.description)} The same for programs: <a href="openapi.json">openapi.json</a>.</p>
</header>
<nav aria-label="Routes"><ul>${contents.join("")}</ul></nav>
<main>
${sections.map(({ name, rows }) => `<section id="${anchor(name)}"><h2>${escape(name)}</h2>${rows.map(article).join("")}</section>`).join("\n")}
</main>
</body>
</html>
`;
}

function anchor(tag: string): string {
  return `tag-${tag.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`;
}

function link({ name, operation }: { name: string; operation: Operation }): string {
  const [method = "", path = ""] = name.split(" ");
  return `<li><a href="#${operation.operationId}"><code><b>${method}</b> ${escape(path)}</code></a></li>`;
}

function article({ name, operation }: { name: string; operation: Operation }): string {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  const rows = parameters.map(
    ({ name: parameter, in: where, required, description: words = "", schema }) =>
      `<tr><td><code>${escape(parameter)}</code></td><td>${where}${required ? "" : ", optional"}</td><td>${escape(typeName(schema))}</td><td>${escape(words)}</td></tr>`,
  );
  const bodies = Object.entries(requestBody?.content ?? {}).map(
    ([type, { schema }]) => `<details><summary>Body, ${escape(type)}</summary>${schemaText(schema)}</details>`,
  );
  const answers = Object.entries(responses).map(([status, { description: words, content = {} }]) => {
    const shapes = Object.entries(content).map(([type, { schema }]) => `<p>${escape(type)}</p>${schemaText(schema)}`);
    return `<details><summary>${escape(status)} ${escape(words)}</summary>${shapes.join("")}</details>`;
  });
  return `<article id="${operationId}"><h3><code>${escape(name)}</code></h3><p>${escape(summary)} <span>${escape(description)}</span></p>
${rows.length > 0 ? `<table><tbody>${rows.join("")}</tbody></table>` : ""}${bodies.join("")}${answers.join("")}</article>`;
}

function typeName(schema: object): string {
  const { type, enum: choices, minimum, maximum, maxLength } = schema as Record<string, unknown>;
  if (Array.isArray(choices)) return choices.join(" | ");
  const parts = [
    typeof type === "string" ? type : "anything",
    typeof minimum === "number" && `from ${minimum}`,
    typeof maximum === "number" && `to ${maximum}`,
    typeof maxLength === "number" && `at most ${maxLength} characters`,
  ];
  return parts.filter((part) => part !== false).join(", ");
}

function schemaText(schema: object): string {
  return `<pre tabindex="0">${escape(JSON.stringify(schema, null, 2))}</pre>`;
}

const marks: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escape(value: string): string {
  return value.replaceAll(/[&<>"']/g, (mark) => marks[mark] ?? mark);
}

/** Its look: the system's fonts, light and dark. */
export const docsStyle = `:root { color-scheme: light dark; font: 15px/1.6 system-ui, sans-serif; background: light-dark(#f8f6f2, #181614); color: light-dark(#23201d, #ece7e1); }
body { display: grid; grid-template: "side head" auto "side main" 1fr / minmax(0, 21rem) minmax(0, 46rem); column-gap: 3rem; max-width: 72rem; margin: 0 auto; padding: 2rem 1rem; }
header { grid-area: head; }
main { grid-area: main; min-width: 0; }
nav { grid-area: side; position: sticky; top: 2rem; align-self: start; max-height: calc(100dvh - 4rem); overflow: auto; scrollbar-width: thin; font-size: 13px; }
nav ul { margin: 0; padding: 0; list-style: none; }
nav ul ul { margin: 0.25rem 0 1rem; }
nav a { display: block; padding: 0.1875rem 0.5rem; border-radius: 0.375rem; color: inherit; text-decoration: none; overflow-wrap: anywhere; }
nav a:hover { background: light-dark(#edeae4, #26231f); }
nav > ul > li > a { font-weight: 600; }
nav b { display: inline-block; min-width: 3.5rem; color: light-dark(#0b6373, #7cc4d4); font-weight: 400; }
a { color: light-dark(#0b6373, #7cc4d4); }
:focus-visible { outline: 2px solid light-dark(#0b6373, #7cc4d4); outline-offset: 2px; }
h1 { margin: 0; line-height: 1.2; }
h2 { margin: 2.5rem 0 0; }
h3 { font-size: 1rem; }
code, pre { font: 0.8125rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
h3 code { font-size: 1rem; font-weight: 600; }
pre { margin: 0.5rem 0; padding: 0.75rem 1rem; overflow: auto; max-height: 24rem; border-radius: 0.5rem; background: light-dark(#edeae4, #100f0d); overflow-wrap: normal; }
article { border-top: 1px solid light-dark(#e2ded6, #322e29); margin-top: 1rem; }
section, article { scroll-margin-top: 1rem; }
article span { color: light-dark(#635c54, #a39b92); }
table { border-collapse: collapse; font-size: 13px; }
td { padding: 0.125rem 1rem 0.125rem 0; vertical-align: top; }
td:not(:last-child) { overflow-wrap: normal; white-space: nowrap; }
td code { overflow-wrap: normal; }
summary { cursor: pointer; font-size: 13px; padding-block: 0.125rem; }
@media (max-width: 60rem) {
  body { display: block; }
  nav { position: static; max-height: none; margin-block: 1.5rem; }
  nav > ul { display: flex; flex-wrap: wrap; gap: 0.5rem; }
  nav > ul > li > a { padding: 0.625rem 0.75rem; background: light-dark(#edeae4, #26231f); }
  nav ul ul { display: none; }
  table, tbody, tr { display: block; }
  td, td:not(:last-child) { display: inline-block; padding-right: 0.75rem; white-space: normal; }
}
`;
