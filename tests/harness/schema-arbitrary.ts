import fc from "fast-check";

/** JSON schema, as far as the document of the API uses it. */
export interface JsonSchema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
}

/** Strings that break what is careless: paths, control characters, prototypes, numbers that are none. */
const hostile = [
  "",
  " ",
  "~",
  "/",
  "../../../../etc/passwd",
  "/etc/\u0000passwd",
  "%2e%2e%2f",
  "__proto__",
  "constructor",
  "--help",
  "-rf",
  "$(id)",
  "; id",
  "\u202e\u0007\u001b[31m",
  "💥".repeat(50),
  "\ud800",
  "NaN",
  "-1",
  "1e999",
  "x".repeat(5000),
];

/** Values that are there, by the names of the fields that take them: what is always nonsense reaches nothing. */
export type Known = Readonly<Record<string, unknown>>;

/** Values that fit a schema; text is hostile half of the time. */
function fitting(schema: JsonSchema, known: Known): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => fitting(one, known)));
  switch (schema.type) {
    case "string":
      return text(schema.minLength ?? 0, schema.maxLength ?? 300);
    case "integer":
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 100_000 });
    case "number":
      return fc.double({ noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(fitting(schema.items ?? {}, known), { maxLength: Math.min(schema.maxItems ?? 5, 5) });
    case "object": {
      const entries = Object.entries(schema.properties ?? {}).map(
        ([name, one]) => [name, field(name, one, known)] as const,
      );
      return fc.record(Object.fromEntries(entries), { requiredKeys: schema.required ?? [] });
    }
    default:
      return fc.jsonValue();
  }
}

/** Values that fit, and values that do not. */
export function anyFor(schema: JsonSchema, known: Known): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 3, arbitrary: fitting(schema, known) }, { weight: 1, arbitrary: fc.jsonValue() });
}

/** Values for a parameter of that name; one in eight does not fit. */
export function named(name: string, schema: JsonSchema, known: Known): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 7, arbitrary: field(name, schema, known) }, { weight: 1, arbitrary: fc.jsonValue() });
}

/** Values that fit a field; half of them those that are there. */
function field(name: string, schema: JsonSchema, known: Known): fc.Arbitrary<unknown> {
  const any = fitting(schema, known);
  return name in known ? fc.oneof(fc.constant(known[name]), any) : any;
}

function text(least: number, most: number): fc.Arbitrary<string> {
  const fits = hostile.filter(({ length }) => length >= least && length <= most);
  const any = fc.string({ minLength: least, maxLength: Math.min(most, 300), unit: "binary" });
  return fits.length > 0 ? fc.oneof(fc.constantFrom(...fits), any) : any;
}
