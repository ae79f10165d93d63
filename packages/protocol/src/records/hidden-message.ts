/** Whether pi keeps a message from people: its instructions to the model, and what extensions mark with `display: false`. */
export function isHiddenMessage(message: { role?: unknown; display?: unknown }): boolean {
  return message.role === "system" || message.display === false;
}
