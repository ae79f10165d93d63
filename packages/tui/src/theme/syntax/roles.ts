import type { Foreground } from "../colours.ts";

/** What highlight.js calls things, by the role whose colour they get. */
const scopes: Partial<Record<Foreground, readonly string[]>> = {
  syntaxComment: ["comment", "quote", "doctag"],
  syntaxKeyword: ["keyword", "selector-tag", "tag", "name", "meta"],
  syntaxFunction: ["title", "section", "selector-id"],
  syntaxVariable: [
    "variable",
    "template-variable",
    "params",
    "attr",
    "attribute",
    "property",
    "selector-attr",
    "bullet",
  ],
  syntaxString: ["string", "regexp", "char", "link", "code", "template-tag"],
  syntaxNumber: ["number", "literal", "symbol"],
  syntaxType: ["type", "built_in", "class", "selector-class", "selector-pseudo"],
  syntaxOperator: ["operator"],
  syntaxPunctuation: ["punctuation"],
  toolDiffAdded: ["addition"],
  toolDiffRemoved: ["deletion"],
};

const roles = new Map(
  Object.entries(scopes).flatMap(([role, names]) => names.map((name) => [name, role as Foreground])),
);

/** The role for the classes of a span, such as `hljs-title class_`; undefined for what has no colour of its own. */
export function roleOf(classes: string): Foreground | undefined {
  const [first = "", ...others] = classes.split(" ");
  if (others.includes("class_") || others.includes("inherited__")) return "syntaxType";
  return roles.get(first.replace(/^hljs-/, ""));
}
