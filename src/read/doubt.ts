/** Thrown where the fast reader is not sure that it reads what the `yaml` package would. Nobody sees it. */
export class Doubt extends Error {}
