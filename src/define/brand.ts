// Properties that exist only in the types. A symbol keeps them out of completions, and no plain object has one by accident.

/** What an expression evaluates to. */
export declare const value: unique symbol;
/** Whether an outsider chooses an expression's text. */
export declare const trust: unique symbol;
/** What a handle stands for. */
export declare const kind: unique symbol;
/** Whose credential this is, or who pushes. */
export declare const who: unique symbol;
/** What a generic handle was made of: a step's ref, a workflow's signature, an action's inputs and outputs. */
export declare const as: unique symbol;
/** The checkout's path and what it leaves there. */
export declare const at: unique symbol;
