import { runSources } from "../../project/sources/run-sources.ts";
import { refuseForeignSources, type Settings } from "../settings.ts";

/** `flowkeep gen`. The sources are bundled, in esbuild's own process, while the rest of flowkeep is being loaded. */
export async function startGen(settings: Settings): Promise<number> {
  refuseForeignSources(settings.io);
  const ran = runSources(settings.project);
  // Told where it is waited for.
  ran.catch(() => {});
  const { gen } = await import("./gen.ts");
  return gen(settings, ran);
}
