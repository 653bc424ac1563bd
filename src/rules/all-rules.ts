import type { Rule } from "./define-rule.ts";
import { allowPersisted } from "./credentials/allow-persisted.ts";
import { alwaysTrue } from "./expressions/always-true.ts";
import { badCall } from "./syntax/bad-call.ts";
import { badCron } from "./syntax/bad-cron.ts";
import { badId } from "./syntax/bad-id.ts";
import { badInput } from "./syntax/bad-input.ts";
import { badInputValue } from "./actions/bad-input-value.ts";
import { badNeeds } from "./syntax/bad-needs.ts";
import { badShell } from "./syntax/bad-shell.ts";
import { badStep } from "./syntax/bad-step.ts";
import { badUses } from "./syntax/bad-uses.ts";
import { badValue } from "./syntax/bad-value.ts";
import { configNotRun } from "./project/config-not-run.ts";
import { conflictingKeys } from "./syntax/conflicting-keys.ts";
import { credentialReadableByLaterCode } from "./credentials/credential-readable-by-later-code.ts";
import { definition } from "./project/definition.ts";
import { deprecatedInput } from "./actions/deprecated-input.ts";
import { duplicateId } from "./syntax/duplicate-id.ts";
import { duplicateKey } from "./syntax/duplicate-key.ts";
import { expressionNotAllowed } from "./syntax/expression-not-allowed.ts";
import { expressionSyntax } from "./expressions/expression-syntax.ts";
import { functionArguments } from "./expressions/function-arguments.ts";
import { handEdit } from "./project/hand-edit.ts";
import { hiddenSource } from "./project/hidden-source.ts";
import { hiddenUnicode } from "./syntax/hidden-unicode.ts";
import { ignoreWithoutReason } from "./project/ignore-without-reason.ts";
import { impostorCommit } from "./actions/impostor-commit.ts";
import { invalidYaml } from "./syntax/invalid-yaml.ts";
import { localActionNotLocked } from "./actions/local-action-not-locked.ts";
import { lockUnverified } from "./actions/lock-unverified.ts";
import { manifestChanged } from "./actions/manifest-changed.ts";
import { missing } from "./project/missing.ts";
import { missingContentsWrite } from "./credentials/missing-contents-write.ts";
import { missingInput } from "./actions/missing-input.ts";
import { missingKey } from "./syntax/missing-key.ts";
import { missingLockEntry } from "./actions/missing-lock-entry.ts";
import { movedTag } from "./actions/moved-tag.ts";
import { neverEqual } from "./expressions/never-equal.ts";
import { notABump } from "./actions/not-a-bump.ts";
import { notAtRoot } from "./project/not-at-root.ts";
import { notBoolean } from "./expressions/not-boolean.ts";
import { notText } from "./syntax/not-text.ts";
import { official } from "./syntax/official.ts";
import { orphan } from "./project/orphan.ts";
import { orphanBypassActor } from "./credentials/orphan-bypass-actor.ts";
import { orphanSecret } from "./credentials/orphan-secret.ts";
import { persistedButNeededMissing } from "./credentials/persisted-but-needed-missing.ts";
import { persistedButUnused } from "./credentials/persisted-but-unused.ts";
import { persistedCredential } from "./credentials/persisted-credential.ts";
import { pinNotLocked } from "./actions/pin-not-locked.ts";
import { pushDuplicateHeader } from "./credentials/push-duplicate-header.ts";
import { pushHijacked } from "./credentials/push-hijacked.ts";
import { pushIdentityUnknown } from "./credentials/push-identity-unknown.ts";
import { pushRejectedByRuleset } from "./credentials/push-rejected-by-ruleset.ts";
import { pushStartsItself } from "./credentials/push-starts-itself.ts";
import { pushStartsNothing } from "./credentials/push-starts-nothing.ts";
import { pushWithoutCredential } from "./credentials/push-without-credential.ts";
import { sameName } from "./project/same-name.ts";
import { scriptInjection } from "./expressions/script-injection.ts";
import { stale } from "./project/stale.ts";
import { staleLock } from "./actions/stale-lock.ts";
import { tokenLeftInRemote } from "./credentials/token-left-in-remote.ts";
import { tokenOnCommandLine } from "./credentials/token-on-command-line.ts";
import { unavailableName } from "./expressions/unavailable-name.ts";
import { unboundAction } from "./actions/unbound-action.ts";
import { unexpectedCommit } from "./actions/unexpected-commit.ts";
import { unknownAction } from "./actions/unknown-action.ts";
import { unknownContext } from "./expressions/unknown-context.ts";
import { unknownFile } from "./syntax/unknown-file.ts";
import { unknownFunction } from "./expressions/unknown-function.ts";
import { unknownInput } from "./actions/unknown-input.ts";
import { unknownKey } from "./syntax/unknown-key.ts";
import { unknownProperty } from "./expressions/unknown-property.ts";
import { unknownStep } from "./expressions/unknown-step.ts";
import { unpinnedUses } from "./actions/unpinned-uses.ts";
import { unreadConfig } from "./project/unread-config.ts";
import { unreadable } from "./project/unreadable.ts";
import { unsafeScript } from "./expressions/unsafe-script.ts";
import { unsetHasNoEffect } from "./credentials/unset-has-no-effect.ts";
import { untypedAction } from "./actions/untyped-action.ts";
import { unusedAction } from "./actions/unused-action.ts";
import { unusedBaseline } from "./project/unused-baseline.ts";
import { unusedIgnore } from "./project/unused-ignore.ts";
import { usage } from "./project/usage.ts";
import { workflowFilePushWithoutScope } from "./credentials/workflow-file-push-without-scope.ts";
import { wrongType } from "./expressions/wrong-type.ts";

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
