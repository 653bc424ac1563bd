import { openCatalog } from "../../actions/catalog.ts";
import { readFile } from "../../read/read-file.ts";
import { diskReaders } from "../repository-files.ts";
import { takeTurns, type VerdictAnswer, type VerdictOrder } from "./share-verdicts.ts";
import { noteAsked } from "./push-cache.ts";
import { subjectOf, verdictsOf, type YamlSurroundings } from "./yaml-verdicts.ts";

/** What the second thread does. */
export async function workOutShare(order: VerdictOrder): Promise<VerdictAnswer> {
  const { root, repository, actions, files, next } = order;
  const around: YamlSurroundings = {
    root,
    repository,
    actions,
    catalog: await openCatalog(),
    readerOf: diskReaders(root),
  };
  return takeTurns(files, next, ({ path, text }) =>
    noteAsked(subjectOf(path, text, around), (subject) => verdictsOf(subject, around, () => readFile(path, text).node)),
  );
}
