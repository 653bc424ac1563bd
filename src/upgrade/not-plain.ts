/** Thrown inside this folder where a step is more than a commit and a push; the message says why it is left as it is. */
export class NotPlain extends Error {}

export function notPlain(reason: string): never {
  throw new NotPlain(reason);
}
