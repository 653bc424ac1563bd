/**
 * The actions that have bindings, by ref. `generated/actions.d.ts` adds to it:
 * `declare module "flowkeep" { interface Actions { "actions/checkout@v5": { inputs: …; outputs: … } } }`.
 *
 * `src/index.ts` has to re-export it with `export *`: TypeScript merges such an addition through a star, not through a name.
 */
export interface Actions {}
