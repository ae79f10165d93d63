import { PierError } from "@pier/protocol";
import type { FastifySchemaCompiler } from "fastify";
import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { Value } from "typebox/value";
import { patternWords } from "./pattern-words.ts";

/** Checks what came in against a route's schemas. Bodies are taken as they are; queries and paths are text, so they are converted. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  let compiled: ReturnType<typeof Compile> | undefined;
  return (input: unknown) => {
    const validator = (compiled ??= Compile(schema));
    const value = httpPart === "body" ? input : Value.Convert(schema, input);
    if (validator.Check(value)) return { value };
    const errors = validator.Errors(value);
    // Also named one by one, without a word of what is wrong with them.
    const first = errors.find(({ keyword }) => keyword === "additionalProperties") ?? errors[0];
    return {
      error: new PierError(
        "BAD_REQUEST",
        `${placeOf(httpPart)} does not fit: ${first ? describe(first) : "look at its schema"}.`,
      ),
    };
  };
};

type SchemaError = ReturnType<ReturnType<typeof Compile>["Errors"]>[number];

function describe(error: SchemaError): string {
  const field = error.instancePath.slice(1).replaceAll("/", ".");
  if (error.keyword === "required") return `${error.params.requiredProperties.join(", ")} is missing`;
  if (error.keyword === "additionalProperties")
    return `${error.params.additionalProperties.join(", ").slice(0, 200)} is not known here`;
  if (error.keyword === "enum") return `${field} must be one of ${error.params.allowedValues.join(", ")}`;
  if (error.keyword === "minProperties") return `${field || "it"} is empty: it needs at least one member`;
  if (error.keyword === "pattern")
    return `${field} ${patternWords[String(error.params.pattern)] ?? "has another form than it needs"}`;
  if (error.keyword === "type" && field === "") return "it must be a JSON object";
  return `${field || "it"} ${error.message}`;
}

function placeOf(httpPart: string | undefined): string {
  if (httpPart === "querystring") return "The query";
  return httpPart === "params" ? "The path" : "The body";
}
