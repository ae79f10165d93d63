import type { TSchema } from "typebox";

/** What is read of a JSON Schema to put it into words. */
export interface WordedSchema {
  type?: string;
  const?: unknown;
  anyOf?: WordedSchema[];
  items?: WordedSchema;
  properties?: Record<string, WordedSchema>;
  required?: string[];
  patternProperties?: Record<string, WordedSchema>;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  description?: string;
}

/** What fits a schema, as a phrase that can follow "use": `a string of 1 to 100 characters`. */
export function schemaWords(of: TSchema): string {
  const schema = of as WordedSchema;
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.anyOf) return [...new Set(schema.anyOf.map(schemaWords))].join(" or ");
  switch (schema.type) {
    case "string":
      return `a string${range("of", schema.minLength, schema.maxLength, " characters")}`;
    case "integer":
      return `an integer${range("from", schema.minimum, schema.maximum, "")}`;
    case "number":
      return `a number${range("from", schema.minimum, schema.maximum, "")}`;
    case "boolean":
      return "true or false";
    case "null":
      return "null";
    case "array":
      return `an array, each item ${schemaWords(schema.items ?? {})}`;
    case "object":
      return objectWords(schema);
    default:
      return "anything";
  }
}

/** The schema at a path of member names, where there is one. */
export function schemaAt(schema: TSchema, path: readonly string[]): WordedSchema | undefined {
  let found: WordedSchema | undefined = schema;
  for (const name of path) {
    found = found.properties && Object.hasOwn(found.properties, name) ? found.properties[name] : found.items;
    if (!found) return undefined;
  }
  return found;
}

function objectWords(schema: WordedSchema): string {
  const [values] = Object.values(schema.patternProperties ?? {});
  if (values) return `an object, each value ${schemaWords(values)}`;
  const required = schema.required ?? [];
  return required.length === 0 ? "an object" : `an object with ${required.join(", ")}`;
}

function range(word: "of" | "from", least: number | undefined, most: number | undefined, unit: string): string {
  if (least === undefined && most === undefined) return "";
  if (most === undefined) return ` of at least ${least}${unit}`;
  if (least === undefined) return ` of at most ${most}${unit}`;
  return ` ${word} ${least} to ${most}${unit}`;
}
