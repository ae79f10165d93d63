/** A text for the middle of a sentence: a long one loses its end. */
export function shortened(text: string): string {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : text;
}

const most = 40;
