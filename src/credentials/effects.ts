import type { By } from "./evidence.ts";
import type { Entry } from "./git/config-entries.ts";
import type { ConfigKey } from "./git/config-key.ts";
import type { CheckoutLayout } from "./actions/checkout-layout.ts";
import type { Text } from "./text.ts";

/**
 * What steps do to what decides a push. The action table, the shell reader and the typed `push` all come down to these; nothing
 * else changes the state. Paths are absolute.
 */
export type Effect =
  | CheckoutEffect
  /** `git config` on one file: `.git/config`, `~/.gitconfig`, `/etc/gitconfig`, any other. */
  | ConfigEffect
  /** `git init` */
  | { readonly kind: "init"; readonly directory: Text; readonly isBare: boolean; readonly by: By }
  | {
      readonly kind: "clone";
      readonly url: Text;
      readonly directory: Text;
      readonly isBare: boolean;
      /** `--origin` */
      readonly remote: Text;
      readonly branch: Text | undefined;
      /** `clone -c KEY=VALUE`: those stay, unlike `git -c`. */
      readonly entries: readonly Entry<By>[];
      readonly by: By;
    }
  /** `git worktree add` */
  | { readonly kind: "worktree"; readonly commonDir: Text; readonly path: Text; readonly branch: Text | undefined }
  /** `git submodule update --init`: nothing is persisted in them. */
  | {
      readonly kind: "submodules";
      readonly top: Text;
      readonly gitDir: Text;
      readonly submodules: readonly Submodule[];
      readonly by: By;
    }
  /** `mkdir` */
  | { readonly kind: "directory"; readonly path: Text }
  /** `git checkout -b`, `git switch` */
  | { readonly kind: "branch"; readonly gitDir: Text; readonly name: Text; readonly by: By }
  | { readonly kind: "copy" | "move"; readonly from: Text; readonly to: Text }
  | { readonly kind: "remove"; readonly path: Text }
  | { readonly kind: "write"; readonly path: Text; readonly text: Text; readonly append: boolean; readonly by: By }
  /** Nothing more is known of a file. */
  | { readonly kind: "forget"; readonly path: Text; readonly reason: string };

export interface ConfigEffect {
  readonly kind: "config";
  readonly file: Text;
  /** `--fixed-value`: the pattern is the value. */
  readonly isFixed?: boolean;
  readonly change:
    | { readonly action: "set" | "replace-all"; readonly entry: Entry<By>; readonly pattern: Text | undefined }
    | { readonly action: "add"; readonly entry: Entry<By> }
    | { readonly action: "unset" | "unset-all"; readonly key: ConfigKey; readonly pattern: Text | undefined }
    | { readonly action: "remove-section"; readonly name: Text }
    | { readonly action: "rename-section"; readonly name: Text; readonly to: Text };
}

export interface CheckoutEffect {
  readonly kind: "checkout";
  readonly layout: CheckoutLayout;
  readonly directory: Text;
  /** `https://github.com` */
  readonly server: Text;
  readonly repository: Text;
  /** The branch, where one is checked out. */
  readonly ref: Text | undefined;
  /** The value of the header that is persisted. */
  readonly authorization: Text;
  readonly sshKey: Text | undefined;
  /** What it leaves on the server, as `git fetch --filter` takes it; undefined where it fetches all. */
  readonly filter: Text | undefined;
  readonly persists: boolean;
  readonly cleans: boolean;
  readonly submodules: readonly Submodule[];
  /** Whether token or key are written out, and not the default. */
  readonly isExplicit: boolean;
  /** Makes file names that no other checkout has. */
  readonly id: string;
  readonly by: By;
}

/** A submodule. Where `.gitmodules` is not in sight, one stands for all. */
export interface Submodule {
  readonly name: Text;
  /** From the top of the working tree; undefined where it is not known. */
  readonly path: Text | undefined;
  readonly url: Text;
}
