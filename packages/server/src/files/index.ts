export { AllowedRoots } from "./allowed-roots.ts";
export { createFiles, type FilesService } from "./create-files.ts";
export { isInside } from "./is-inside.ts";
export { localPath, straightPath } from "./local-path.ts";
export { Trash } from "./trash.ts";
export { openFolder } from "./open-folder.ts";
