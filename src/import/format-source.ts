import { fillBlocks } from "./code.ts";
import type { Layout } from "./import-context.ts";
import type { WrittenSource } from "./write-file.ts";

/** A source's final text, as prettier lays it out with the options given. */
export async function formatSource({ code, blocks }: WrittenSource, layout: Layout, path: string): Promise<string> {
  const { format } = await import("prettier");
  // The path tells prettier that this is no JSX, which it else looks for in the whole text.
  const text = await format(code, { ...layout, parser: "typescript", filepath: path });
  const { tabWidth = 2, useTabs = false } = layout;
  return fillBlocks(text, blocks, useTabs ? "\t" : " ".repeat(tabWidth));
}
