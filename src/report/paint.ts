import { styleText } from "node:util";

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Colours a text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_, text) => text;

// Whether colours are wanted was decided before: without the option, styleText would look at standard output again.
export const colored: Paint = (style, text) => styleText(style, text, { validateStream: false });
