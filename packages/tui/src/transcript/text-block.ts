import { Drawn } from "./base/drawn.ts";
import { wrapped } from "./base/wrap.ts";

/** Text that never changes, wrapped. It has to be neutralised already; `style` sees each row. */
export class TextBlock extends Drawn {
  constructor(text: string, style?: (row: string) => string) {
    super((width) => wrapped(text, width, style && { style }));
  }
}
