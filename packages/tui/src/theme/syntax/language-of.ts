/** Files whose name says what they hold. */
const names: Readonly<Record<string, string>> = {
  dockerfile: "dockerfile",
  containerfile: "dockerfile",
  makefile: "makefile",
  gnumakefile: "makefile",
  gemfile: "ruby",
  rakefile: "ruby",
  ".bashrc": "bash",
  ".profile": "bash",
  ".zshrc": "bash",
};

/** Extensions that the highlighter does not know as names of languages. */
const extensions: Readonly<Record<string, string>> = {
  mts: "typescript",
  cts: "typescript",
  jsonl: "json",
  json5: "json",
  jsonc: "json",
  htm: "html",
  vue: "html",
  svelte: "html",
  fish: "bash",
  cfg: "ini",
  conf: "ini",
  env: "ini",
  pyi: "python",
  m: "objectivec",
};

/** The language of a file by its path, as code fences name it; undefined when its name does not tell. */
export function languageOf(path: string): string | undefined {
  const name = (path.split(/[/\\]/).at(-1) ?? "").toLowerCase();
  if (Object.hasOwn(names, name)) return names[name];
  const extension = /\.([a-z\d+#]{1,12})$/.exec(name)?.[1];
  return extension !== undefined && Object.hasOwn(extensions, extension) ? extensions[extension] : extension;
}
