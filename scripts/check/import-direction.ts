import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, posix } from "node:path";
import { packageImports, strictFolders, type StrictFolder } from "./import-rules.ts";
import { importsOf, type FoundImport } from "./imports-of.ts";
import { isSource, isTest } from "./repository-files.ts";

/** Finds imports against the direction that `import-rules.ts` lays down, and `export *`. */
export function checkImportDirection(root: string, files: readonly string[]): string[] {
  return files.filter(isSource).flatMap((file) => {
    const place = placeOf(file);
    if (place.package && !packageImports[place.package]) {
      return [`${file}: packages/${place.package} has no row in scripts/check/import-rules.ts`];
    }
    const found = importsOf(file, readFileSync(join(root, file), "utf8"));
    return found.flatMap((one) =>
      violationsOf(file, place, one).map((violation) => `${file}:${one.line} ${violation}`),
    );
  });
}

interface Place {
  package: string | undefined;
  strict: StrictFolder | undefined;
}

function placeOf(file: string): Place {
  const strict = isTest(file) ? undefined : strictFolders.find(({ folder }) => file.startsWith(`${folder}/`));
  return { package: packageOf(file), strict };
}

function packageOf(file: string): string | undefined {
  return /^packages\/([^/]+)\//.exec(file)?.[1];
}

function violationsOf(file: string, place: Place, { specifier, isExportStar }: FoundImport): string[] {
  const violations = isExportStar ? [`has export * from "${specifier}": name what it exports`] : [];
  const against = place.package ? againstDirection(file, place.package, place.strict, specifier) : undefined;
  return against ? [...violations, `imports "${specifier}": ${against}`] : violations;
}

function againstDirection(
  file: string,
  from: string,
  strict: StrictFolder | undefined,
  specifier: string,
): string | undefined {
  if (specifier.startsWith(".")) return againstRelative(file, from, strict, specifier);
  const ours = /^@pier\/([^/]+)/.exec(specifier)?.[1];
  if (ours) {
    const allowed = strict?.packages ?? packageImports[from] ?? [];
    if (allowed.includes(ours)) return undefined;
    return strict?.packages ? strict.why : `${from} may import ${allowed.join(", ") || "nothing of ours"}`;
  }
  if (!strict) return undefined;
  if (isBuiltin(specifier)) return `${strict.why}, so without Node's modules`;
  const isAllowed = strict.libraries?.some((library) => specifier === library || specifier.startsWith(`${library}/`));
  return isAllowed === false ? `${strict.why}; libraries: ${strict.libraries?.join(", ") || "none"}` : undefined;
}

function againstRelative(
  file: string,
  from: string,
  strict: StrictFolder | undefined,
  specifier: string,
): string | undefined {
  const target = posix.join(posix.dirname(file), specifier);
  if (!target.startsWith(`packages/${from}/`)) return "a path must not leave its package; import a package by its name";
  if (!strict?.staysInside || strict.mayReach?.includes(target)) return undefined;
  return target.startsWith(`${strict.folder}/`) ? undefined : strict.why;
}
