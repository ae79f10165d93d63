export { AllowedRoots } from "./allowed-roots.ts";
export { createFiles, type FilesService } from "./create-files.ts";
export { localPath } from "./local-path.ts";
