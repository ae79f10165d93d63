const shortest = 8;

/** The beginning of each id that no other has, of 8 characters or more. */
export function shortIds(ids: readonly string[]): Map<string, string> {
  const sorted = ids.toSorted();
  return new Map(
    sorted.map((id, at) => {
      const shared = Math.max(sharedLength(id, sorted[at - 1]), sharedLength(id, sorted[at + 1]));
      return [id, id.slice(0, Math.max(shortest, shared + 1))];
    }),
  );
}

function sharedLength(a: string, b: string | undefined): number {
  let length = 0;
  while (b !== undefined && length < a.length && a[length] === b[length]) length++;
  return length;
}

/** As much of an id as hardly another begins with: ids of plain pi begin with the time, those of one minute alike. */
export function shortId(id: string): string {
  const isByTime = id[14] === "7";
  return id.slice(0, isByTime ? 13 : 8);
}
