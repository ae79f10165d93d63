/**
 * Puts a text on the clipboard, also where the page came without encryption and browsers keep their clipboard from it.
 *
 * @throws Error when the browser does not allow it
 */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  // The only way without a secure context.
  // oxlint-disable-next-line typescript/no-deprecated
  const isCopied = document.execCommand("copy");
  field.remove();
  if (!isCopied) throw new Error("The browser keeps its clipboard from this page: select the text and copy it.");
}
