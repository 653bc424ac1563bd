/** How a trial is kept apart from the machine. */
export type Isolation =
  /** No other host can be reached, nothing outside of the trial's folder can be written, and what it leaves running ends with it. */
  { readonly kind: "namespaces" } | { readonly kind: "none"; readonly reason: string };

/**
 * The command that runs a program in namespaces of its own: users, network, mounts, processes. unshare(1); no root is needed where the
 * system lets users make namespaces.
 */
export function inNamespaces({ folder, keeps, command }: InNamespaces): readonly string[] {
  const kept = keeps.filter((path) => path.startsWith("/tmp/")).join("\n");
  return ["unshare", ...FLAGS, "sh", "-c", SET_UP, "flowkeep", folder, kept, ...command];
}

export interface InNamespaces {
  /** The one place where it may write. */
  readonly folder: string;
  /** Folders that stay readable also where they lie in `/tmp`. */
  readonly keeps: readonly string[];
  readonly command: readonly string[];
}

/**
 * Where it is said that all is set up: a pipe that is closed before the program begins. A file in the folder would not do, for a script
 * may remove it, and would then be run again without namespaces.
 */
export const READY = 3;

/** `--kill-child`: when this process ends, all that is in the namespaces does. */
const FLAGS = [
  "--user",
  "--map-root-user",
  "--net",
  "--ipc",
  "--mount",
  "--pid",
  "--fork",
  "--mount-proc",
  "--kill-child",
];

/**
 * Makes everything read-only but the folder and a `/tmp` of its own in it, and the loopback interface usable. A mount keeps the flags that it
 * has: a user namespace may add restrictions only, mount_namespaces(7).
 */
const SET_UP = `
set -e
folder=$1 keeps=$2
shift 2
mount --make-rprivate / 2>/dev/null || mount --make-rslave /
mount --bind "$folder" "$folder"
while read -r _ _ _ _ point options _; do
  point=$(printf %b "$point")
  case $point in "$folder" | /proc | /proc/* | /dev | /dev/*) continue ;; esac
  flags=
  for flag in nosuid nodev noexec noatime nodiratime relatime; do
    case ,$options, in *,$flag,*) flags=$flags,$flag ;; esac
  done
  mount -o "remount,bind,ro$flags" "$point" 2>/dev/null || case $point in
    /sys | /sys/*) ;; # nothing there can be written without being root
    *) [ ! -w "$point" ] || { echo "$point cannot be made read-only" >&2; exit 1; } ;;
  esac
done </proc/self/mountinfo
show() { # a folder of /tmp in the new one; what is read-only stays so
  mkdir -p "$folder/tmp\${1#/tmp}"
  mount --bind "$1" "$folder/tmp\${1#/tmp}"
}
mkdir -p "$folder/tmp"
chmod 1777 "$folder/tmp"
printf '%s\\n' "$keeps" | while IFS= read -r kept; do [ -z "$kept" ] || show "$kept"; done
case $folder in /tmp/*) show "$folder" ;; esac
mount --rbind "$folder/tmp" /tmp
# Services of the machine listen there, docker's among them: no namespace and no read-only mount keeps anyone from them.
find /run /var/run -type s 2>/dev/null | while IFS= read -r socket; do mount --bind /dev/null "$socket"; done || true
mount -t tmpfs tmpfs /dev/shm 2>/dev/null || true
{ ip link set lo up || ifconfig lo up; } 2>/dev/null ||
  perl -e 'socket(my $s, 2, 2, 0) && ioctl($s, 0x8914, pack("a16 s x14", "lo", 0x49)) || exit 1' ||
  { echo 'the loopback interface cannot be set up: ip, ifconfig and perl are missing' >&2; exit 1; }
echo ready >&${READY}
exec "$@" ${READY}>&-
`;
