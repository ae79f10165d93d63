import { describe, expect, test } from "vitest";
import { decideSubmission, type KnownCommands, type Submission } from "./submission.ts";

const known: KnownCommands = {
  client: ["help", "detach", "clear"],
  slash: ["model", "compact", "new", "session"],
  unserved: ["login", "share"],
  pi: ["review", "skill:pdf", "fix-tests"],
};

const prompt = (text: string): Submission => ({ kind: "prompt", text });

describe("decideSubmission", () => {
  test.each<[text: string, Submission]>([
    ["", { kind: "nothing" }],
    [" \n\t ", { kind: "nothing" }],
    ["hello", prompt("hello")],
    ["  two\nlines  ", prompt("two\nlines")],

    ["//help", { kind: "client", name: "help", argument: "" }],
    [" //clear now ", { kind: "client", name: "clear", argument: "now" }],
    ["//detahc", { kind: "unknown-client", name: "detahc", nearest: "detach" }],
    ["//zzz", { kind: "unknown-client", name: "zzz", nearest: null }],
    ["//", { kind: "unknown-client", name: "", nearest: null }],
    ["// a comment", prompt("// a comment")],
    ["//server/share holds it", prompt("//server/share holds it")],

    ["/model", { kind: "slash", name: "model", argument: "" }],
    ["/model  gpt 5 ", { kind: "slash", name: "model", argument: "gpt 5" }],
    ["/compact keep\nthe names", { kind: "slash", name: "compact", argument: "keep\nthe names" }],
    ["/model:2", { kind: "unknown", name: "model:2", nearest: "model" }],

    ["/login", { kind: "unserved", name: "login" }],
    ["/review the diff", prompt("/review the diff")],
    ["/skill:pdf a.pdf", prompt("/skill:pdf a.pdf")],

    ["/nwe", { kind: "unknown", name: "nwe", nearest: "new" }],
    ["/tmp is full", { kind: "unknown", name: "tmp", nearest: null }],
    ["/etc/hosts is wrong", prompt("/etc/hosts is wrong")],
    ["/usr/bin", prompt("/usr/bin")],
    ["/.bashrc", prompt("/.bashrc")],
    ["/", prompt("/")],
    ["/ is the root", prompt("/ is the root")],
    ["/regex.*/ matches", prompt("/regex.*/ matches")],
    ["what does /model do?", prompt("what does /model do?")],

    ["!ls", { kind: "shell", command: "ls", excludeFromContext: false }],
    [" !! ls -l ", { kind: "shell", command: "ls -l", excludeFromContext: true }],
    ["!", prompt("!")],
    ["hello !ls", prompt("hello !ls")],
  ])("of %j, is %j", (text, expected) => {
    expect(decideSubmission(text, known)).toEqual(expected);
  });

  test("of a word that may be a command while pi's commands are not known, is a prompt", () => {
    expect(decideSubmission("/nwe", { ...known, pi: null })).toEqual(prompt("/nwe"));
    expect(decideSubmission("/new", { ...known, pi: null })).toEqual({ kind: "slash", name: "new", argument: "" });
  });

  test("of a name that both pi and an extension have, is pi's", () => {
    expect(decideSubmission("/model", { ...known, pi: ["model"] })).toMatchObject({ kind: "slash" });
  });
});
