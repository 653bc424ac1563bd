import type { Location } from "./span.ts";

/** Something the user wrote is wrong: the message is for them, and `location` says where. */
export abstract class UserError extends Error {
  readonly location: Location | undefined;
  constructor(message: string, location?: Location) {
    super(message);
    this.location = location;
  }
}

/** A definition in TypeScript is wrong. */
export class DefinitionError extends UserError {
  override readonly name = "DefinitionError";
}

/** A YAML or JSON file cannot be read as what it should be. */
export class ReadError extends UserError {
  override readonly name = "ReadError";
}

/** The command was called in a way that cannot work. */
export class UsageError extends UserError {
  override readonly name = "UsageError";
}
