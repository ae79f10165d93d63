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
    ({ name, rows }) =>
      `<li>${escape(name)}<ul>${rows.map((row) => `<li><a href="#${row.operation.operationId}"><code>${escape(row.name)}</code></a></li>`).join("")}</ul></li>`,
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
<nav aria-label="Routes"><ul>${contents.join("")}</ul></nav>
<main>
<h1>${escape(document.info.title)} ${escape(document.info.version)}</h1>
<p>${escape(document.info.description)} The same for programs: <a href="openapi.json">openapi.json</a>.</p>
${sections.map(({ name, rows }) => `<section><h2>${escape(name)}</h2>${rows.map(article).join("")}</section>`).join("\n")}
</main>
</body>
</html>
`;
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
export const docsStyle = `:root { color-scheme: light dark; font: 15px/1.6 system-ui, sans-serif; }
body { display: grid; grid-template-columns: minmax(0, 20rem) minmax(0, 46rem); gap: 2rem; max-width: 72rem; margin: 0 auto; padding: 2rem 1rem; }
nav { position: sticky; top: 2rem; align-self: start; max-height: calc(100dvh - 4rem); overflow: auto; font-size: 13px; }
ul { padding-left: 1rem; }
a { color: light-dark(#0b6373, #7cc4d4); }
article { padding: 1rem 0; border-top: 1px solid light-dark(#0002, #fff2); scroll-margin-top: 1rem; }
h3 { margin: 0; font-size: 15px; }
span { color: light-dark(#5c554d, #aaa39a); }
table { border-spacing: 0 .25rem; font-size: 13px; }
td { padding-right: 1rem; vertical-align: top; }
summary { cursor: pointer; font-size: 13px; }
pre { overflow: auto; padding: 1rem; border-radius: 8px; background: light-dark(#f0eeeb, #141210); font-size: 12px; }
@media (max-width: 60rem) { body { grid-template-columns: minmax(0, 1fr); } nav { position: static; max-height: none; } }
`;
