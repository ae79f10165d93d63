import Type, { type TSchema } from "typebox";
import { expect, test } from "vitest";
import { schemaAt, schemaWords } from "./schema-words.ts";

test.each<[TSchema, string]>([
  [Type.String(), "a string"],
  [Type.String({ minLength: 1 }), "a string of at least 1 characters"],
  [Type.String({ maxLength: 9 }), "a string of at most 9 characters"],
  [Type.String({ minLength: 1, maxLength: 9 }), "a string of 1 to 9 characters"],
  [Type.Integer({ minimum: 0 }), "an integer of at least 0"],
  [Type.Integer({ minimum: 0, maximum: 5 }), "an integer from 0 to 5"],
  [Type.Number(), "a number"],
  [Type.Boolean(), "true or false"],
  [Type.Null(), "null"],
  [Type.Literal("a"), '"a"'],
  [Type.Union([Type.Literal("a"), Type.Literal("b"), Type.Null()]), '"a" or "b" or null'],
  [Type.Array(Type.String()), "an array, each item a string"],
  [Type.Object({}), "an object"],
  [Type.Object({ a: Type.String(), b: Type.Optional(Type.String()), c: Type.String() }), "an object with a, c"],
  [Type.Record(Type.String(), Type.Number()), "an object, each value a number"],
  [Type.Unknown(), "anything"],
])("schemaWords for %j, is %j", (schema, words) => {
  expect(schemaWords(schema)).toBe(words);
});

test("schemaAt, follows members and items, and ends where no schema is", () => {
  const schema = Type.Object({ list: Type.Array(Type.Object({ id: Type.Integer() })) });
  expect(schemaAt(schema, ["list", "3", "id"])).toMatchObject({ type: "integer" });
  expect(schemaAt(schema, [])).toBe(schema);
  expect(schemaAt(schema, ["constructor"])).toBeUndefined();
  expect(schemaAt(schema, ["list", "3", "id", "x"])).toBeUndefined();
});
