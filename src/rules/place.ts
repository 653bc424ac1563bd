import type { Node } from "../ir/any-node.ts";
import type { Location, Span } from "../ir/span.ts";

/** A node, wherever it was read or defined; a piece of a text that was read; or its lines and columns. */
export type Place = Node | Span | Location;
