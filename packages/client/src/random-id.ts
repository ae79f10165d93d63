/** An id of 20 characters; `crypto.randomUUID` is missing from pages that were not loaded over HTTPS. */
export function randomId(random: () => number): string {
  let id = "";
  while (id.length < 20) id += Math.floor(random() * 36).toString(36);
  return id;
}
