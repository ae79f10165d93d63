import type { Plugin } from "vite";

/** KaTeX names each font in three formats; browsers that run this page need one of them. */
export function woff2Only(): Plugin {
  return {
    name: "pier-woff2-only",
    enforce: "pre",
    transform(code, id) {
      if (!/katex[^/]*\.css$/.test(id)) return null;
      return code.replaceAll(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\("[^"]*"\)/g, "");
    },
  };
}
