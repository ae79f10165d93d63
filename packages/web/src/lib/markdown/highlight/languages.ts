/** Languages that are highlighted, each with its name for people and what else it is called: other names and file endings. */
export const languages = {
  bash: ["Shell", "sh zsh shell console shellscript bats ksh fish env"],
  c: ["C", "h"],
  clojure: ["Clojure", "clj cljs edn"],
  cmake: ["CMake", ""],
  cpp: ["C++", "c++ cc cxx hpp hh hxx ino"],
  csharp: ["C#", "cs c#"],
  css: ["CSS", ""],
  dart: ["Dart", ""],
  diff: ["Diff", "patch"],
  dockerfile: ["Dockerfile", "docker containerfile"],
  elixir: ["Elixir", "ex exs"],
  erlang: ["Erlang", "erl hrl"],
  go: ["Go", "golang"],
  graphql: ["GraphQL", "gql"],
  groovy: ["Groovy", "gradle jenkinsfile"],
  haskell: ["Haskell", "hs"],
  http: ["HTTP", ""],
  ini: ["Configuration", "toml cfg conf editorconfig gitconfig properties dotenv service"],
  java: ["Java", ""],
  javascript: ["JavaScript", "js jsx mjs cjs node"],
  json: ["JSON", "jsonc json5 jsonl webmanifest"],
  julia: ["Julia", "jl"],
  kotlin: ["Kotlin", "kt kts"],
  latex: ["LaTeX", "tex"],
  less: ["Less", ""],
  lua: ["Lua", ""],
  makefile: ["Makefile", "make mk gnumakefile"],
  markdown: ["Markdown", "md mkd mdx"],
  matlab: ["MATLAB", ""],
  nginx: ["nginx", "nginxconf"],
  nim: ["Nim", ""],
  nix: ["Nix", ""],
  objectivec: ["Objective-C", "objc mm obj-c"],
  ocaml: ["OCaml", "ml mli"],
  perl: ["Perl", "pl pm"],
  php: ["PHP", ""],
  powershell: ["PowerShell", "ps1 psm1 pwsh"],
  protobuf: ["Protocol Buffers", "proto"],
  python: ["Python", "py pyi py3 gyp"],
  r: ["R", ""],
  ruby: ["Ruby", "rb gemspec rakefile gemfile"],
  rust: ["Rust", "rs"],
  scala: ["Scala", "sbt sc"],
  scheme: ["Scheme", "scm lisp el"],
  scss: ["SCSS", "sass"],
  sql: ["SQL", "postgres postgresql pgsql mysql sqlite"],
  swift: ["Swift", ""],
  typescript: ["TypeScript", "ts tsx mts cts"],
  vbnet: ["Visual Basic", "vb"],
  verilog: ["Verilog", "v sv svh"],
  vim: ["Vim script", "vimrc vimscript"],
  wasm: ["WebAssembly", "wat wast"],
  x86asm: ["Assembly", "asm nasm s"],
  xml: ["XML", "html xhtml svg rss atom plist xsl xsd vue svelte htm"],
  yaml: ["YAML", "yml"],
} as const;

export type Language = keyof typeof languages;

/** The language that a fence or a file ending names; null for one that is not highlighted. */
export function languageOf(name: string): Language | null {
  return byName.get(name.toLowerCase()) ?? null;
}

/** What people call a language; the name as it was written where it is not known, and nothing for none. */
export function languageName(name: string): string {
  if (/^x?html$/i.test(name)) return "HTML";
  if (/^toml$/i.test(name)) return "TOML";
  const language = languageOf(name);
  return language ? languages[language][0] : name;
}

const byName = new Map<string, Language>(
  (Object.keys(languages) as Language[]).flatMap((language) =>
    [language, ...languages[language][1].split(" ")]
      .filter((name) => name !== "")
      .map((name) => [name, language] as const),
  ),
);
