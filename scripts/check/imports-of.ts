import ts from "typescript";

/** A module specifier in a source file, and how it is used. */
export interface FoundImport {
  specifier: string;
  /** Counted from 1. */
  line: number;
  isExportStar: boolean;
}

/** Finds every static, dynamic and type import and re-export in a TypeScript, JavaScript or Svelte file. */
export function importsOf(path: string, text: string): FoundImport[] {
  const source = ts.createSourceFile(path, path.endsWith(".svelte") ? scriptsOf(text) : text, ts.ScriptTarget.Latest);
  const found: FoundImport[] = [];
  const visit = (node: ts.Node): void => {
    const literal = specifierOf(node);
    if (literal && ts.isStringLiteralLike(literal)) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      found.push({ specifier: literal.text, line, isExportStar: ts.isExportDeclaration(node) && !node.exportClause });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (ts.isCallExpression(node) && isImportCall(node)) return node.arguments[0];
  return undefined;
}

function isImportCall({ expression }: ts.CallExpression): boolean {
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return true;
  return ts.isIdentifier(expression) && expression.text === "require";
}

/** Blanks everything but the scripts, so that line numbers stay. */
function scriptsOf(svelte: string): string {
  const scripts = [...svelte.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)];
  const blank = (text: string): string => text.replaceAll(/[^\n]/g, " ");
  let at = 0;
  let result = "";
  for (const match of scripts) {
    const code = match[1] ?? "";
    const start = match.index + match[0].indexOf(">") + 1;
    result += blank(svelte.slice(at, start)) + code;
    at = start + code.length;
  }
  return result;
}
