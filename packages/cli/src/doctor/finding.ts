/** What was found of one thing. */
export interface Finding {
  title: string;
  /** `note`: worth knowing, nothing to do. `wrong`: needs care. */
  state: "good" | "note" | "wrong";
  text: string;
}
