import type { Layout } from "./import-context.ts";
import { fillBlocks } from "./code.ts";
import type { WrittenSource } from "./write-file.ts";

/** A source's final text, laid out by prettier with the options given. */
export async function formatSource({ code, blocks }: WrittenSource, layout: Layout): Promise<string> {
  const { format } = await import("prettier");
  const options = { ...layout, parser: "typescript" };
  const { tabWidth = 2, useTabs = false } = options as { readonly tabWidth?: number; readonly useTabs?: boolean };
  const laidOut = await format(code, options);
  if (blocks.length === 0) return laidOut;
  const filled = fillBlocks(laidOut, blocks, useTabs ? "\t" : " ".repeat(tabWidth));
  // A block is as wide as its first line, which the place that stood for it only nearly was.
  return format(filled, options);
}
