import type { Scope } from "@pier/protocol";

/** A program or browser that holds a token of its own. */
export interface Device {
  id: string;
  name: string;
  scope: Scope;
  /** ms since 1970. */
  createdAt: number;
  /** ms since 1970; null before its first use. */
  lastUsedAt: number | null;
  lastAddress: string | null;
}

/** The devices on disk, with the SHA-256 of their tokens in hex. Every method is durable when it returns. */
export interface DeviceRows {
  list(): Device[];
  findByHash(tokenHash: string): { device: Device; tokenHash: string } | undefined;
  insert(device: Device, tokenHash: string): void;
  update(id: string, change: Pick<Device, "lastUsedAt" | "lastAddress">): void;
  /** Whether it was there. */
  remove(id: string): boolean;
}

/** The id of the device that programs on this machine share, by the token file in the data folder. */
export const localDeviceId = "local";
