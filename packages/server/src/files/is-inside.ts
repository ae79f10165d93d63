import { sep } from "node:path";

/** Whether a path is a folder or lies below it. Both have to be absolute and without symbolic links. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
