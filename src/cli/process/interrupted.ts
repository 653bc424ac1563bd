/** Somebody pressed Ctrl-C at a question: the command ends at once, and says no more. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}
