import type { Plugin } from "vite";

/**
 * KaTeX names each font in three formats, of which browsers that run this page need one; and its rules come before the
 * page's own.
 */
export function katexStyles(): Plugin {
  return {
    name: "pier-katex-styles",
    enforce: "pre",
    transform(code, id) {
      if (!/katex[^/]*\.css$/.test(id)) return null;
      const woff2Only = code.replaceAll(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\("[^"]*"\)/g, "");
      return `@layer base { ${woff2Only} }`;
    },
  };
}
