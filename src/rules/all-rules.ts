import type { Rule } from "./define-rule.ts";
import { allowPersisted } from "./allow-persisted.ts";
import { alwaysTrue } from "./always-true.ts";
import { badCall } from "./bad-call.ts";
import { badCron } from "./bad-cron.ts";
import { badId } from "./bad-id.ts";
import { badInput } from "./bad-input.ts";
import { badInputValue } from "./bad-input-value.ts";
import { badNeeds } from "./bad-needs.ts";
import { badShell } from "./bad-shell.ts";
import { badStep } from "./bad-step.ts";
import { badUses } from "./bad-uses.ts";
import { badValue } from "./bad-value.ts";
import { configNotRun } from "./config-not-run.ts";
import { conflictingKeys } from "./conflicting-keys.ts";
import { credentialReadableByLaterCode } from "./credential-readable-by-later-code.ts";
import { definition } from "./definition.ts";
import { deprecatedInput } from "./deprecated-input.ts";
import { duplicateId } from "./duplicate-id.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { expressionNotAllowed } from "./expression-not-allowed.ts";
import { expressionSyntax } from "./expression-syntax.ts";
import { functionArguments } from "./function-arguments.ts";
import { handEdit } from "./hand-edit.ts";
import { hiddenSource } from "./hidden-source.ts";
import { hiddenUnicode } from "./hidden-unicode.ts";
import { ignoreWithoutReason } from "./ignore-without-reason.ts";
import { impostorCommit } from "./impostor-commit.ts";
import { invalidYaml } from "./invalid-yaml.ts";
import { localActionNotLocked } from "./local-action-not-locked.ts";
import { lockUnverified } from "./lock-unverified.ts";
import { manifestChanged } from "./manifest-changed.ts";
import { missing } from "./missing.ts";
import { missingContentsWrite } from "./missing-contents-write.ts";
import { missingInput } from "./missing-input.ts";
import { missingKey } from "./missing-key.ts";
import { missingLockEntry } from "./missing-lock-entry.ts";
import { movedTag } from "./moved-tag.ts";
import { neverEqual } from "./never-equal.ts";
import { notABump } from "./not-a-bump.ts";
import { notAtRoot } from "./not-at-root.ts";
import { notBoolean } from "./not-boolean.ts";
import { notText } from "./not-text.ts";
import { official } from "./official.ts";
import { orphan } from "./orphan.ts";
import { orphanBypassActor } from "./orphan-bypass-actor.ts";
import { orphanSecret } from "./orphan-secret.ts";
import { persistedButNeededMissing } from "./persisted-but-needed-missing.ts";
import { persistedButUnused } from "./persisted-but-unused.ts";
import { persistedCredential } from "./persisted-credential.ts";
import { pinNotLocked } from "./pin-not-locked.ts";
import { pushDuplicateHeader } from "./push-duplicate-header.ts";
import { pushHijacked } from "./push-hijacked.ts";
import { pushIdentityUnknown } from "./push-identity-unknown.ts";
import { pushRejectedByRuleset } from "./push-rejected-by-ruleset.ts";
import { pushStartsItself } from "./push-starts-itself.ts";
import { pushStartsNothing } from "./push-starts-nothing.ts";
import { pushWithoutCredential } from "./push-without-credential.ts";
import { sameName } from "./same-name.ts";
import { scriptInjection } from "./script-injection.ts";
import { stale } from "./stale.ts";
import { staleLock } from "./stale-lock.ts";
import { tokenLeftInRemote } from "./token-left-in-remote.ts";
import { tokenOnCommandLine } from "./token-on-command-line.ts";
import { unavailableName } from "./unavailable-name.ts";
import { unboundAction } from "./unbound-action.ts";
import { unexpectedCommit } from "./unexpected-commit.ts";
import { unknownAction } from "./unknown-action.ts";
import { unknownContext } from "./unknown-context.ts";
import { unknownFile } from "./unknown-file.ts";
import { unknownFunction } from "./unknown-function.ts";
import { unknownInput } from "./unknown-input.ts";
import { unknownKey } from "./unknown-key.ts";
import { unknownProperty } from "./unknown-property.ts";
import { unknownStep } from "./unknown-step.ts";
import { unpinnedUses } from "./unpinned-uses.ts";
import { unreadConfig } from "./unread-config.ts";
import { unreadable } from "./unreadable.ts";
import { unsafeScript } from "./unsafe-script.ts";
import { unsetHasNoEffect } from "./unset-has-no-effect.ts";
import { untypedAction } from "./untyped-action.ts";
import { unusedAction } from "./unused-action.ts";
import { unusedBaseline } from "./unused-baseline.ts";
import { unusedIgnore } from "./unused-ignore.ts";
import { usage } from "./usage.ts";
import { workflowFilePushWithoutScope } from "./workflow-file-push-without-scope.ts";
import { wrongType } from "./wrong-type.ts";

/** Every rule, by its id. */
export const ALL_RULES: readonly Rule[] = [
  allowPersisted,
  alwaysTrue,
  badCall,
  badCron,
  badId,
  badInput,
  badInputValue,
  badNeeds,
  badShell,
  badStep,
  badUses,
  badValue,
  configNotRun,
  conflictingKeys,
  credentialReadableByLaterCode,
  definition,
  deprecatedInput,
  duplicateId,
  duplicateKey,
  expressionNotAllowed,
  expressionSyntax,
  functionArguments,
  handEdit,
  hiddenSource,
  hiddenUnicode,
  ignoreWithoutReason,
  impostorCommit,
  invalidYaml,
  localActionNotLocked,
  lockUnverified,
  manifestChanged,
  missing,
  missingContentsWrite,
  missingInput,
  missingKey,
  missingLockEntry,
  movedTag,
  neverEqual,
  notABump,
  notAtRoot,
  notBoolean,
  notText,
  official,
  orphan,
  orphanBypassActor,
  orphanSecret,
  persistedButNeededMissing,
  persistedButUnused,
  persistedCredential,
  pinNotLocked,
  pushDuplicateHeader,
  pushHijacked,
  pushIdentityUnknown,
  pushRejectedByRuleset,
  pushStartsItself,
  pushStartsNothing,
  pushWithoutCredential,
  sameName,
  scriptInjection,
  stale,
  staleLock,
  tokenLeftInRemote,
  tokenOnCommandLine,
  unavailableName,
  unboundAction,
  unexpectedCommit,
  unknownAction,
  unknownContext,
  unknownFile,
  unknownFunction,
  unknownInput,
  unknownKey,
  unknownProperty,
  unknownStep,
  unpinnedUses,
  unreadConfig,
  unreadable,
  unsafeScript,
  unsetHasNoEffect,
  untypedAction,
  unusedAction,
  unusedBaseline,
  unusedIgnore,
  usage,
  workflowFilePushWithoutScope,
  wrongType,
];

/** Those that look without being asked to. */
export const USUAL_RULES: readonly Rule[] = ALL_RULES.filter((rule) => rule !== official);

const BY_ID: ReadonlyMap<string, Rule> = new Map(ALL_RULES.map((rule) => [rule.id, rule]));

export function findRule(id: string): Rule | undefined {
  return BY_ID.get(id);
}
