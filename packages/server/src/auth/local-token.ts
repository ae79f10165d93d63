import { chmodSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writePrivateFile } from "../store/private-file.ts";
import { toStorageError } from "../store/storage-error.ts";
import { type DeviceRows, localDeviceId } from "./device.ts";
import { createToken, hashSecret, isToken, sameHash } from "./tokens.ts";

/**
 * Sees to it that `local-token` in the data folder holds the token of the device "this machine", readable by its
 * owner only; programs of the same user find it there. A missing or foreign token is replaced, so that none is ever in doubt.
 *
 * @throws PierError `STORAGE`
 */
export function localToken(dataDir: string, devices: DeviceRows, now: number): void {
  const path = localTokenPath(dataDir);
  const token = readToken(path);
  const found = token === null ? undefined : devices.findByHash(hashSecret(token));
  if (token !== null && found?.device.id === localDeviceId && sameHash(found.tokenHash, hashSecret(token))) return;
  const fresh = createToken();
  // The file first: if the process ends in between, the next start sees that they differ and begins again.
  writePrivateFile(path, `${fresh}\n`);
  devices.remove(localDeviceId);
  devices.insert(
    { id: localDeviceId, name: "this machine", scope: "admin", createdAt: now, lastUsedAt: null, lastAddress: null },
    hashSecret(fresh),
  );
}

/** Where the local token lies. */
export function localTokenPath(dataDir: string): string {
  return join(dataDir, "local-token");
}

/** The token in the file; null when it is missing, no plain file, or no token. */
function readToken(path: string): string | null {
  try {
    const found = lstatSync(path);
    if (!found.isFile()) return null;
    if ((found.mode & 0o777) !== 0o600) chmodSync(path, 0o600);
    const token = readFileSync(path, "utf8").trim();
    return isToken(token) ? token : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw toStorageError(error, path);
  }
}
