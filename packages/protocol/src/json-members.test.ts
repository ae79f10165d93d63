import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonElements, jsonMembers, rawMember, replaceMembers } from "./json-members.ts";

/** JSON text written in every legal way: odd white space, escapes, number forms that `JSON.stringify` never chooses. */
const space = fc.string({ unit: fc.constantFrom(" ", "\n", "\r", "\t"), maxLength: 3 });
const character = fc.oneof(
  fc.string({ minLength: 1, maxLength: 1, unit: "binary" }).map((text) => JSON.stringify(text).slice(1, -1)),
  fc.constantFrom(
    '\\"',
    "\\\\",
    "\\/",
    "\\n",
    "\\u0022",
    "\\u005c",
    "\\ud83d\\ude00",
    "\u2028",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
  ),
);
const string = fc.array(character, { maxLength: 6 }).map((characters) => `"${characters.join("")}"`);
const key = fc.oneof(string, fc.constantFrom('"a"', '"b"', '"__proto__"', '"\\u0061"', '""'));
const scalar = fc.oneof(
  string,
  fc.constantFrom("1.0", "-0", "1E+2", "12345678901234567890", "0.1e-7", "true", "false", "null"),
  fc.integer().map(String),
);

interface Written {
  text: string;
  members: { key: string; value: string }[];
}

const { value, object } = fc.letrec<{ value: string; object: Written }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    tie("object").map((written) => written.text),
    fc
      .array(fc.tuple(space, tie("value"), space), { maxLength: 3 })
      .map((items) => `[${items.map((item) => item.join("")).join(",")}]`),
  ),
  object: fc
    .tuple(space, fc.array(fc.tuple(space, key, space, space, tie("value"), space), { maxLength: 4 }))
    .map(([inner, parts]) => ({
      text: `{${parts.length === 0 ? inner : parts.map(([a, k, b, c, v, d]) => `${a}${k}${b}:${c}${v}${d}`).join(",")}}`,
      members: parts.map((part) => ({ key: part[1], value: part[4] })),
    })),
}));

describe("jsonMembers", () => {
  test("any object written in any legal way, gives every member as it was written", () => {
    fc.assert(
      fc.property(space, object, space, (before, written, after) => {
        const text = before + written.text + after;
        const found = jsonMembers(text);
        expect(found.map((member) => text.slice(member.valueStart, member.end))).toEqual(
          written.members.map((member) => member.value),
        );
        expect(found.map((member) => member.key)).toEqual(written.members.map((member) => JSON.parse(member.key)));
      }),
      { numRuns: 500 },
    );
  });

  test("anything but an object, gives no members", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        fc.pre(typeof json !== "object" || json === null || Array.isArray(json));
        expect(jsonMembers(` ${JSON.stringify(json)}`)).toEqual([]);
      }),
    );
    expect(jsonMembers("")).toEqual([]);
  });

  test("a string that ends in backslashes, ends where JSON says", () => {
    const text = String.raw`{"a":"\\\\","b":"\\\"","c":"{[\""}`;
    expect(jsonMembers(text).map((member) => text.slice(member.valueStart, member.end))).toEqual([
      String.raw`"\\\\"`,
      String.raw`"\\\""`,
      String.raw`"{[\""`,
    ]);
  });

  test("deep nesting, does not recurse", () => {
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    expect(rawMember(`{"a":${deep},"b":1}`, "b")).toBe("1");
  });

  test("text that is not JSON, ends all the same", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("{", "}", "[", "]", ",", ":", " ", "1", "a") }), (text) => {
        try {
          jsonMembers(text);
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
        }
      }),
    );
  });
});

describe("jsonElements", () => {
  test("any array written in any legal way, gives every element as it was written", () => {
    fc.assert(
      fc.property(
        space,
        fc.array(fc.tuple(space, value, space), { maxLength: 5 }),
        space,
        (before, elements, after) => {
          const text = `${before}[${elements.length === 0 ? after : elements.map((element) => element.join("")).join(",")}]`;
          expect(jsonElements(text)).toEqual(elements.map(([, element]) => element));
        },
      ),
    );
  });

  test.each(["", "{}", '"[1]"', "1", "[", "[}", "[,]", "[1"])("%j, ends all the same", (text) => {
    expect(jsonElements(text).length).toBeLessThan(2);
  });
});

describe("rawMember", () => {
  test.each(["1.0", "12345678901234567890", "1e400", '"\u2028"', '"\\u2028"', '{"x" : [ 1.0 , {} ]}'])(
    "a value written as %s, comes back as written",
    (raw) => {
      expect(rawMember(`{"other": 1,\n "a" : ${raw} }`, "a")).toBe(raw);
    },
  );

  test("a repeated key, gives the last value as JSON.parse does", () => {
    const text = '{"a":1,"a":2,"\\u0061":3.0}';
    expect(rawMember(text, "a")).toBe("3.0");
    expect(JSON.parse(text)).toEqual({ a: 3 });
  });

  test("a key that only a nested object has, gives nothing", () => {
    expect(rawMember('{"a":{"b":1}}', "b")).toBeUndefined();
  });
});

describe("replaceMembers", () => {
  test("any object, keeps the other members byte for byte and in order", () => {
    fc.assert(
      fc.property(object, (written) => {
        const result = replaceMembers(written.text, ["a"], '"id":7.0');
        const kept = written.members.filter((member) => JSON.parse(member.key) !== "a");
        expect(jsonMembers(result).map((member) => result.slice(member.valueStart, member.end))).toEqual([
          "7.0",
          ...kept.map((member) => member.value),
        ]);
        expect(JSON.parse(result)).toEqual(
          JSON.parse(`{"id":7${kept.map((member) => `,${member.key}:${member.value}`).join("")}}`),
        );
      }),
      { numRuns: 500 },
    );
  });

  test("no prefix and nothing left, gives an empty object", () => {
    expect(replaceMembers('{"id":1,"id":2}', ["id"], "")).toBe("{}");
    expect(replaceMembers("{}", ["id"], "")).toBe("{}");
    expect(replaceMembers("{ }", [], '"a":1')).toBe('{"a":1}');
  });
});

test("value and object generators, write valid JSON", () => {
  fc.assert(fc.property(value, (text) => void JSON.parse(text)));
});
