import type { Program } from "../script/walk.ts";
import * as files from "./file-programs.ts";
import { runGh } from "./gh.ts";
import { runGit } from "./git.ts";
import * as paths from "./path-programs.ts";
import { editStream } from "./sed.ts";
import { runTar } from "./tar.ts";
import { addKey, scanKeys, startAgent } from "./ssh-programs.ts";

/** The programs whose effect on git's credentials is known. */
export const PROGRAMS: Readonly<Record<string, Program>> = {
  git: runGit,
  // hub(1): git with more commands.
  hub: runGit,
  gh: runGh,
  mkdir: files.makeDirectory,
  cp: files.copyFiles,
  mv: files.moveFiles,
  rsync: files.synchronize,
  tar: runTar,
  rm: files.removeFiles,
  tee: files.tee,
  cat: files.catenate,
  mktemp: files.makeTemporary,
  chmod: files.changeMode,
  install: files.install,
  sed: editStream,
  dirname: paths.printParent,
  basename: paths.printName,
  realpath: paths.printFullPath,
  readlink: paths.printFullPath,
  "ssh-agent": startAgent,
  "ssh-add": addKey,
  "ssh-keyscan": scanKeys,
};
