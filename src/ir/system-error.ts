/** What the operating system says where it cannot do something with a file. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && "syscall" in error;
}

/** What the codes mean, and what helps: errno(3). */
const MEANINGS: Readonly<Record<string, string>> = {
  EACCES: "this user may not do that: look at its permissions",
  EPERM: "this user may not do that: look at its permissions",
  EROFS: "it is on a file system that can only be read",
  ENOSPC: "no space is left on the disk",
  EFBIG: "it is larger than this process may write",
  EDQUOT: "no space is left for this user",
  ENOENT: "it does not exist",
  EEXIST: "something of that name is there already: move it out of the way",
  ENOTDIR: "a part of its path is no folder: move that out of the way",
  EISDIR: "it is a folder",
  ELOOP: "it is a link that leads to itself",
  ENAMETOOLONG: "its name is too long",
  EMFILE: "too many files are open",
  EBUSY: "another program uses it",
};

/** A system's error in words, without its path: `no space is left on the disk (ENOSPC: no space left on device, write)`. */
export function describeSystemError({ code = "", message, path }: NodeJS.ErrnoException): string {
  const meaning = MEANINGS[code];
  const own = path === undefined ? message : message.replace(/,? '[^\n]*'$/, "");
  return meaning === undefined ? own : `${meaning} (${own})`;
}
