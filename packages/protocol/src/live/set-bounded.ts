/**
 * Sets a key and drops the oldest entry when there would be more than `size`.
 *
 * @returns the value that was dropped, if any.
 */
export function setBounded<T>(map: Map<string, T>, key: string, value: T, size: number): T | undefined {
  map.set(key, value);
  if (map.size <= size) return undefined;
  const [oldest] = map;
  if (!oldest) return undefined;
  map.delete(oldest[0]);
  return oldest[1];
}
